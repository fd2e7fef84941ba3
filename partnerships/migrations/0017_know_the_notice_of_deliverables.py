from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0016_name_corrected_partners"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("filing_received", "Filing received"),
                    ("filing_taken", "Filing taken into review"),
                    ("filing_returned", "Filing returned for changes"),
                    ("filing_registered", "Agreement registered"),
                    ("filing_rejected", "Filing rejected"),
                    ("filing_withdrawn", "Filing withdrawn"),
                    ("filing_annulled", "Agreement annulled"),
                    ("filing_waits", "New filing waits"),
                    ("filing_waits_long", "Filing waits too long"),
                    ("queue_digest", "Weekly queue digest"),
                    ("partner_asked", "Partner asked to confirm"),
                    ("partner_answered", "Partner has answered"),
                    ("invitation", "Invitation"),
                    ("access_requested", "Access requested"),
                    ("access_refused", "Access refused"),
                    ("call_opened", "Call opened"),
                    ("call_closes", "Call closes soon"),
                    ("application_received", "Application received"),
                    ("application_waits", "New application waits"),
                    ("application_returned", "Application returned for changes"),
                    ("application_decided", "Application decided"),
                    ("report_due", "Report due"),
                    ("report_overdue", "Report overdue"),
                    ("deliverable_sent_back", "Deliverable sent back"),
                ],
                max_length=24,
                verbose_name="kind",
            ),
        ),
    ]
