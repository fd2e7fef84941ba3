# Two stages: the environment is built with uv; the image that runs has neither uv nor a compiler, and no root.
FROM python:3.12-slim-bookworm AS build
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /srv/registry
COPY requirements/run.txt requirements/run.txt
RUN uv venv --quiet && uv pip install --require-hashes --requirement requirements/run.txt
COPY manage.py ./
COPY sci_registry sci_registry
COPY partnerships partnerships
COPY programs programs
COPY templates templates
COPY static static
COPY locale locale
COPY deploy/answers.py deploy/answers.py
# Style sheets and scripts are part of the image. DEBUG is off, so the names carry their content's hash.
RUN .venv/bin/python -m sci_registry.catalogues compile
RUN DEBUG=off SECRET_KEY=only-while-building ALLOWED_HOSTS=localhost SITE_URL=https://localhost \
    .venv/bin/python manage.py collectstatic --no-input --verbosity 0 \
    && .venv/bin/python -m whitenoise.compress --quiet var/static

FROM python:3.12-slim-bookworm
# Certificates write names in their own script.
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends fonts-noto-core fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /srv/registry registry
WORKDIR /srv/registry
COPY --from=build /srv/registry /srv/registry
# Documents, and mail while EMAIL_URL names a folder, are all that is ever written.
RUN install -d -o registry -g registry var/media var/mail var/beat
ENV DEBUG=off PATH=/srv/registry/.venv/bin:$PATH PYTHONUNBUFFERED=1
USER registry
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "4", "--respawn-failed-workers", "--no-access-log", "sci_registry.wsgi:application"]
