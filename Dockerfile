# The site as one image: locked dependencies, static files collected, no root, no secret.
# compose.yaml runs two of it; `make test-deployment` runs these very steps without Docker.
FROM python:3.11.13-slim-bookworm

ENV PATH=/srv/venv/bin:/usr/local/bin:/usr/bin:/bin
ENV PYTHONUNBUFFERED=1
ENV DATA_DIR=/srv/data
ENV LISTEN_HOST=0.0.0.0

# manage.py backup and restore call them. Of compose.yaml's PostgreSQL: an older one refuses.
RUN mkdir -p /tmp/lists/partial \
    && apt-get -qq -o Dir::State::lists=/tmp/lists update \
    && apt-get -qq -o Dir::State::lists=/tmp/lists install -y --no-install-recommends postgresql-client-15 >/dev/null \
    && rm -r /tmp/lists

WORKDIR /srv/site

COPY requirements/run.txt requirements/
RUN python3 -m venv /srv/venv \
    && /srv/venv/bin/pip install --quiet --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/run.txt

COPY manage.py ./
COPY alliances alliances/
COPY templates templates/
COPY static static/
COPY fixtures fixtures/

# The key is for this one step: each site brings its own, and none is left in the image.
RUN SECRET_KEY=of-no-site python manage.py collectstatic --noinput -v 0 \
    && python -m compileall -q alliances \
    && mkdir -p /srv/data/releases /srv/data/mail \
    && chown 10001:10001 /srv/data /srv/data/releases /srv/data/mail

# A number, so that whoever forbids root can see that it is none.
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as web; web.urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]

# exec: the server itself gets the signal to stop, and answers what is in flight.
CMD ["sh", "-c", "python manage.py prepare && exec python manage.py serve"]
