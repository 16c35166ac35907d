# One image for every process of the platform: web, workers and beat differ by their command alone.
FROM python:3.11-slim-bookworm AS build
WORKDIR /octavo
ENV PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements/base.txt requirements/base.txt
RUN python -m venv /opt/octavo && /opt/octavo/bin/pip install --require-hashes -r requirements/base.txt
COPY . .
ENV PATH=/opt/octavo/bin:$PATH
RUN python -m launcher.frontend && python -m launcher.translations compile \
    && OCTAVO_SECRET_KEY=build-build-build-build-build-build DATABASE_URL=postgresql:///build REDIS_URL=redis://build OCTAVO_DATA=/tmp/build \
       python manage.py collectstatic --noinput \
    && rm -rf node_modules

FROM python:3.11-slim-bookworm
# Pango is for members' own style sheets alone; see docs/decisions/015.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --home-dir /var/lib/octavo octavo
COPY --from=build /opt/octavo /opt/octavo
COPY --from=build --chown=root:root /octavo /octavo
WORKDIR /octavo
ENV PATH=/opt/octavo/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 OCTAVO_DATA=/var/lib/octavo
USER octavo
EXPOSE 8000
CMD ["uvicorn", "config.asgi:application", "--host", "0.0.0.0", "--port", "8000", "--proxy-headers"]
