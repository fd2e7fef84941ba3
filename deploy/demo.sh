#!/bin/sh
# The example registry on one machine: SQLite, tasks in process, mail as files. Run by `make demo`; running it
# again keeps what is there.
set -eu
python=.venv/bin/python

# Served as in production, so that error pages and caching are the real ones. The secret is this machine's own.
$python -c 'from pathlib import Path; from sci_registry.places import local_secret; local_secret(Path("var/secret-key"))'
SECRET_KEY=$(cat var/secret-key)
DEBUG=off
ALLOWED_HOSTS=127.0.0.1,localhost
SITE_URL=http://127.0.0.1:$PORT
export SECRET_KEY DEBUG ALLOWED_HOSTS SITE_URL

$python -m sci_registry.catalogues compile
$python manage.py migrate --verbosity 0
$python manage.py collectstatic --no-input --verbosity 0
$python manage.py load_gazetteer
# Served on this machine only, so the people of the example may sign in with the one password printed here.
$python manage.py load_example --with-logins --demo-size "${DEMO_SIZE:-0}"
# No timetable runs beside the demo: the figures and the open data are worked out once, now.
$python manage.py run_due

cat <<END

  The registry     $SITE_URL/
  Member cities    $SITE_URL/account/
  Staff            $SITE_URL/admin/
  API              $SITE_URL/api/docs/
  Mail             var/mail/

  Stop with Ctrl-C. What is there stays in var/.

END
exec .venv/bin/granian --interface wsgi --host 127.0.0.1 --port "$PORT" --workers 1 --blocking-threads 4 \
    --no-access-log --log-level warning sci_registry.wsgi:application
