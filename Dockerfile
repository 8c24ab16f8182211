# syntax=docker/dockerfile:1
# Two stages: the whole toolchain builds one binary; the image that runs holds that binary and what .ci/rootfs puts beside it (the C
# library, CA certificates, zone data), and no shell, no package manager, nothing to log in to.

FROM rust:1.95-bookworm AS build
# Zone data are as new as Debian has them (bookworm-updates is a part of this image's sources).
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates tzdata && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    cargo build --release --locked --bin callbrief \
    && strip target/release/callbrief -o /callbrief \
    && .ci/rootfs /callbrief /out \
    && install -D -m 0644 -t /out/usr/share/doc/callbrief LICENSE LICENSE-MIT LICENSE-APACHE

FROM scratch
COPY --from=build /out/ /
# Nobody who could do anything; the folder for data is theirs, and so is a volume that is made in its place.
COPY --from=build --chown=65532:65532 /out/data /data
USER 65532:65532
# The working folder is the one place it writes to (with SQLite), beside /tmp, so the root file system may be read-only.
WORKDIR /data
VOLUME /data
# 8080: readers' pages and /v1. 8081: health, metrics, status; for operators only, don't publish it.
ENV PATH=/usr/local/bin \
    SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt \
    CALLBRIEF_LISTEN_PUBLIC=0.0.0.0:8080 \
    CALLBRIEF_LISTEN_OPS=0.0.0.0:8081
EXPOSE 8080 8081
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 CMD ["/usr/local/bin/callbrief", "health"]
ENTRYPOINT ["/usr/local/bin/callbrief"]
CMD ["serve"]
