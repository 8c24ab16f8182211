# syntax=docker/dockerfile:1
# Two stages: the whole toolchain builds one binary; the image that runs holds that binary, zone data, CA certificates
# and nothing else that Debian's smallest image doesn't have. Debian 12 in both, so that the C library is the same.

FROM rust:1.95-bookworm AS build
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    cargo build --release --locked --bin callbrief \
    && install -D target/release/callbrief /out/callbrief

FROM debian:bookworm-slim
# bookworm-updates (part of this image's sources) carries zone data as soon as Debian has them.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 callbrief \
    && useradd --system --uid 10001 --gid callbrief --home-dir /data --no-create-home --shell /usr/sbin/nologin callbrief \
    && install -d -o callbrief -g callbrief -m 0750 /data
COPY --from=build /out/callbrief /usr/local/bin/callbrief
COPY LICENSE LICENSE-MIT LICENSE-APACHE /usr/share/doc/callbrief/

USER 10001:10001
# The working folder is the one place it writes to (with SQLite), so the root file system may be read-only.
WORKDIR /data
VOLUME /data
# 8080: readers' pages. 8081: health, metrics, status; for operators only, don't publish it.
ENV CALLBRIEF_LISTEN_PUBLIC=0.0.0.0:8080 \
    CALLBRIEF_LISTEN_OPS=0.0.0.0:8081
EXPOSE 8080 8081
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 CMD ["callbrief", "health"]
ENTRYPOINT ["callbrief"]
CMD ["serve"]
