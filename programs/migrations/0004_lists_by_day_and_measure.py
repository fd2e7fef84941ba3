from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programs", "0003_say_what_is_missing")]

    operations = [
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["starts_on", "id"], name="activity_by_start"),
        ),
        migrations.AddIndex(
            model_name="result",
            index=models.Index(fields=["measure", "id"], name="result_by_measure"),
        ),
    ]
