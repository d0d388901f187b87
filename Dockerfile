# The bot as an image: two stages, no root, no capability, nothing writable but /data.
# BASE may also be a plain Debian; Python then comes from its packages.
ARG BASE=python:3.13-slim

FROM ${BASE} AS build
RUN python3 -c 'import ensurepip' 2>/dev/null \
    || (apt-get update && apt-get install -y --no-install-recommends python3 python3-venv)
RUN python3 -m venv /opt/trucmang
WORKDIR /build
COPY requirements.lock ./
RUN /opt/trucmang/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN /opt/trucmang/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM ${BASE}
RUN python3 -c '' 2>/dev/null \
    || (apt-get update && apt-get install -y --no-install-recommends python3 ca-certificates \
        && apt-get clean && rm -rf /var/lib/apt/lists/*)
RUN install -d -o 10001 -g 10001 -m 0750 /data
COPY --from=build /opt/trucmang /opt/trucmang
ENV PATH=/opt/trucmang/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    TRUCMANG_DATABASE_URL=sqlite+aiosqlite:////data/trucmang.db
USER 10001:10001
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python3", "-c", "\
import os, urllib.request; \
port = os.environ.get('TRUCMANG_WEB_PORT') or '8080'; \
urllib.request.urlopen(f'http://127.0.0.1:{port}/healthz', timeout=4)"]
CMD ["trucmang", "run"]
