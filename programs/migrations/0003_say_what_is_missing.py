import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0002_publish_copies_without_hidden_details"),
    ]

    operations = [
        migrations.AddField(
            model_name="deliverable",
            name="missing",
            field=models.TextField(blank=True, max_length=2000, verbose_name="what is missing"),
        ),
        migrations.AlterField(
            model_name="deliverable",
            name="attachment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programs.attachment",
                verbose_name="file",
            ),
        ),
    ]
