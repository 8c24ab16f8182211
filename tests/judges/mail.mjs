// Judges pages as mail programs show them: what caniemail knows of Gmail, Outlook and Apple Mail, what axe-core says, and
// what a browser measures (overflow, contrast, targets, loads). Pictures of everything are kept.
//
//   node mail.mjs PICTURES FILE.html…      one line a fault; exit 1 when there is one
import { readFileSync, mkdirSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { createRequire } from "node:module";
import { caniemail } from "caniemail";
import puppeteer from "puppeteer-core";

const CLIENTS = ["gmail.*", "outlook.*", "apple-mail.*"];
const MOST_BYTES = 102 * 1000; // Gmail hides what comes after
const LEAST_CONTRAST = 4.5;
const LEAST_TARGET = 44;

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const allowed = JSON.parse(readFileSync(new URL("./fallbacks.json", import.meta.url), "utf8"));
const [pictures, ...files] = process.argv.slice(2);
if (!pictures || files.length === 0) {
  console.error("usage: node mail.mjs PICTURES FILE.html…");
  process.exit(2);
}
mkdirSync(pictures, { recursive: true });

const faults = [];
const seen = new Set();
const fault = (file, what) => {
  const line = `${basename(file)}: ${what}`;
  if (!faults.includes(line)) console.log(line);
  faults.push(line);
};

/** Features that a client lacks and for which no fallback is written down. */
function clients(file, html) {
  const { issues } = caniemail({ clients: CLIENTS, html });
  const lacking = new Map();
  for (const [client, found] of issues.errors) {
    for (const { title } of found) lacking.set(title, [...(lacking.get(title) ?? []), client]);
  }
  for (const [title, without] of lacking) {
    seen.add(title);
    if (title in allowed) continue;
    fault(file, `\`${title}\` isn't supported by ${[...new Set(without)].join(", ")}; fallbacks.json names no fallback`);
  }
}

/** Runs in the page: what is too wide, too faint, too small. */
function measure(width, leastContrast, leastTarget) {
  const found = [];
  // Against the width of the screen: a phone's `innerWidth` grows with what is too wide for it.
  const wide = document.documentElement.scrollWidth;
  if (wide > width) {
    const widest = [...document.querySelectorAll("th, td, p, h1, h2, a, body *")].find((e) => {
      const box = e.getBoundingClientRect();
      return (box.right > width + 0.5 || box.left < -0.5) && !e.querySelector("table");
    });
    found.push(`is ${wide} px wide: ${widest ? widest.outerHTML.slice(0, 120) : "?"}`);
  }
  const rgba = (text) => {
    const n = text.match(/[\d.]+/g).map(Number);
    return n.length < 4 ? [...n, 1] : n;
  };
  const over = (top, under) => top.slice(0, 3).map((c, i) => c * top[3] + under[i] * (1 - top[3]));
  const ground = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) layers.push(rgba(getComputedStyle(e).backgroundColor));
    const page = matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255];
    return layers.reverse().reduce((under, layer) => over(layer, under), page);
  };
  const light = (c) => {
    const [r, g, b] = c.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const shown = (e) => e.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && e.getBoundingClientRect().height > 1;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const faint = new Set();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const e = node.parentElement;
    if (!/[\p{L}\p{N}]/u.test(node.textContent) || !e || !shown(e) || parseFloat(getComputedStyle(e).fontSize) < 2) continue;
    const under = ground(e);
    const ink = over(rgba(getComputedStyle(e).color), under);
    const [a, b] = [light(ink), light(under)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < leastContrast) faint.add(`${ratio.toFixed(2)}:1 for "${node.textContent.trim().slice(0, 30)}"`);
  }
  for (const text of [...faint].slice(0, 5)) found.push(`contrast ${text}`);
  for (const link of document.querySelectorAll("a[href]")) {
    if (!shown(link)) continue;
    // A link inside a sentence is read, not aimed at; one that stands alone is aimed at.
    const alone = link.parentElement.textContent.trim() === link.textContent.trim();
    const box = link.getBoundingClientRect();
    if (alone && box.height < leastTarget) found.push(`target ${Math.round(box.width)} × ${Math.round(box.height)} px: ${link.textContent.trim()}`);
  }
  if (document.querySelectorAll("h1").length !== 1) found.push(`has ${document.querySelectorAll("h1").length} h1`);
  if (!document.documentElement.lang) found.push("has no lang");
  if (!document.documentElement.dir) found.push("has no dir");
  for (const th of document.querySelectorAll("th")) if (!th.getAttribute("scope")) found.push(`th without scope: ${th.textContent}`);
  return found;
}

const launch = () =>
  puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    protocolTimeout: 900_000, // a loaded machine is no fault of a mail
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
const counts = { mails: 0, pages: 0, axe: 0, pictures: 0 };
async function judge(browser, file) {
  const html = readFileSync(file, "utf8");
  const isPage = /^page-|\.(slack|teams)\.html$/.test(basename(file)); // a page in a browser, no mail
  if (isPage) counts.pages++;
  else {
    counts.mails++;
    clients(file, html);
    const bytes = statSync(file).size;
    if (bytes >= MOST_BYTES) fault(file, `is ${bytes} bytes: Gmail would cut it`);
  }
  const page = await browser.newPage();
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    const url = request.url();
    if (/^(file|data|about):/.test(url)) return request.continue();
    fault(file, `loads ${url}`);
    request.abort();
  });
  for (const width of [360, 640, 1200]) {
    await page.setViewport({ width, height: 800, isMobile: width < 500, hasTouch: width < 500 });
    await page.goto(`file://${resolve(file)}`);
    await page.evaluate(axe);
    for (const scheme of ["light", "dark"]) {
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      const faultsHere = await page.evaluate(measure, width, LEAST_CONTRAST, width === 360 ? LEAST_TARGET : 0);
      for (const what of faultsHere) fault(file, `${width} px ${scheme}: ${what}`);
      if (width !== 1200) {
        const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
        counts.axe++;
        for (const v of violations) {
          fault(file, `${width} px ${scheme}: axe ${v.id}: ${v.help} (${v.nodes[0].html.slice(0, 100)})`);
        }
      }
      await page.screenshot({ path: join(pictures, `${basename(file, ".html")}-${width}-${scheme}.png`), fullPage: true });
      counts.pictures++;
    }
  }
  await page.close();
}
// Two at a time, each in a browser of its own: a tab that isn't in front is never drawn.
const waiting = [...files];
const hand = async () => {
  const browser = await launch();
  for (let file = waiting.shift(); file; file = waiting.shift()) await judge(browser, file);
  await browser.close();
};
await Promise.all([hand(), hand()]);

for (const title of Object.keys(allowed)) {
  if (!seen.has(title)) fault("fallbacks.json", `nothing uses \`${title}\` any more`);
}
const { mails, pages, axe: looks, pictures: shots } = counts;
console.error(
  `${mails} mails by caniemail (${seen.size} features with a fallback), ${mails + pages} sheets by axe-core and a browser ` +
    `(${looks} looks, ${shots} pictures in ${pictures}): ${new Set(faults).size} faults`,
);
process.exit(faults.length ? 1 : 0);
