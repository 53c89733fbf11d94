# presswatch in one image: Debian slim, a user of its own, a read-only root if you like.
# How far it has been tried where this project is made: docs/operations.md.
FROM python:3.13-slim-trixie AS build
WORKDIR /src
RUN python -m venv /opt/presswatch
COPY requirements.lock ./
RUN /opt/presswatch/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md ./
COPY config ./config
COPY storage ./storage
COPY alerts ./alerts
COPY crawler ./crawler
RUN /opt/presswatch/bin/pip install --no-cache-dir --no-deps .

FROM python:3.13-slim-trixie
RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin presswatch \
 && install -d -o presswatch -g presswatch /data
COPY --from=build /opt/presswatch /opt/presswatch
COPY config/*.yaml /config/
COPY config/rules /config/rules
COPY config/sources /config/sources
COPY config/schema /config/schema
ENV PATH=/opt/presswatch/bin:$PATH \
    PRESSWATCH_CONFIG=/config \
    PRESSWATCH_DATA=/data \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001:10001
WORKDIR /data
VOLUME ["/data"]
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
ENTRYPOINT ["presswatch"]
CMD ["run"]
