import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0018_let_programs_act"),
        ("programs", "0004_lists_by_day_and_measure"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="forms",
                to="programs.person",
            ),
        ),
        migrations.AlterField(
            model_name="cycle",
            name="budget",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                max_digits=14,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(
                        Decimal("0.01"), "Write an amount above zero, or leave it empty."
                    )
                ],
                verbose_name="budget",
            ),
        ),
        migrations.AlterField(
            model_name="cycle",
            name="cap_per_pair",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                max_digits=14,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(
                        Decimal("0.01"), "Write an amount above zero, or leave it empty."
                    )
                ],
                verbose_name="most for one pair",
            ),
        ),
        migrations.AlterField(
            model_name="cycle",
            name="currency",
            field=models.CharField(
                default="USD",
                max_length=3,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[A-Z]{3}$", "Write the currency as three letters, such as USD."
                    )
                ],
                verbose_name="currency (ISO 4217)",
            ),
        ),
        migrations.AlterField(
            model_name="person",
            name="birth_date",
            field=models.DateField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(
                        datetime.date(1900, 1, 1), "Write the day of birth: this one cannot be."
                    )
                ],
                verbose_name="birth date",
            ),
        ),
        migrations.AlterField(
            model_name="result",
            name="value",
            field=models.DecimalField(
                decimal_places=2,
                max_digits=18,
                validators=[django.core.validators.MinValueValidator(0, "A result is a number from zero upwards.")],
                verbose_name="value",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "concert",
                            "leg",
                            "session",
                            "agenda",
                            "letters",
                            "video",
                            "webcast",
                            "leadership",
                            "fundraising",
                            "project",
                            "follow_on",
                            "visit",
                            "other",
                        ],
                    )
                ),
                name="activity_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["planned", "held", "cancelled"])), name="activity_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on", ""),
                    ("ends_on", ""),
                    (
                        "ends_on__gte",
                        django.db.models.functions.text.Substr(
                            "starts_on", 1, django.db.models.functions.text.Length("ends_on")
                        ),
                    ),
                    _connector="OR",
                ),
                name="activity_days_in_order",
                violation_error_message="It cannot end before it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("role__in", ["work", "plan", "consent_form", "deliverable", "report", "photograph", "other"])
                ),
                name="attachment_role_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("person__isnull", True),
                    models.Q(("entry__isnull", True), ("role", "consent_form")),
                    _connector="OR",
                ),
                name="attachment_of_a_person_is_their_form",
            ),
        ),
        migrations.AddConstraint(
            model_name="backer",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="backer_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="category",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("code", ""), _negated=True)),
                name="category_has_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", False),
                    ("given_by", "self"),
                    models.Q(("giver_name", ""), _negated=True),
                    _connector="OR",
                ),
                name="consent_of_a_guardian_names_them",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", False), models.Q(("how", ""), _negated=True), _connector="OR"
                ),
                name="consent_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("use", "publish_full_name"), _negated=True), ("given_by", "self"), _connector="OR"
                ),
                name="consent_to_the_full_name_is_ones_own",
            ),
        ),
        migrations.AddConstraint(
            model_name="cycle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on", ""),
                    ("ends_on", ""),
                    (
                        "ends_on__gte",
                        django.db.models.functions.text.Substr(
                            "starts_on", 1, django.db.models.functions.text.Length("ends_on")
                        ),
                    ),
                    _connector="OR",
                ),
                name="cycle_ends_after_it_begins",
                violation_error_message="It cannot end before it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="cycle",
            constraint=models.CheckConstraint(
                condition=models.Q(("budget__isnull", True), ("budget__gt", 0), _connector="OR"),
                name="cycle_budget_is_some_money",
            ),
        ),
        migrations.AddConstraint(
            model_name="cycle",
            constraint=models.CheckConstraint(
                condition=models.Q(("currency__regex", "^[A-Z]{3}$")), name="cycle_currency_has_a_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="deliverable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accepted_on__isnull", True), ("accepted_on__gte", models.F("delivered_on")), _connector="OR"
                ),
                name="deliverable_accepted_after_it_was_delivered",
                violation_error_message="It cannot be accepted before it was delivered.",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliverable",
            constraint=models.CheckConstraint(
                condition=models.Q(("missing", ""), ("state", "promised"), _connector="OR"),
                name="deliverable_missing_while_promised",
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["applicant", "host", "delegation", "nominator", "partner"])),
                name="participation_role_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("birth_date__isnull", True), ("birth_date__gte", datetime.date(1900, 1, 1)), _connector="OR"
                ),
                name="person_born_believably",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("age__isnull", True), ("age__lte", 130), _connector="OR"),
                name="person_age_believable",
            ),
        ),
        migrations.AddConstraint(
            model_name="prize",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="prize_has_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="program",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("since", ""),
                    ("ended", ""),
                    (
                        "ended__gte",
                        django.db.models.functions.text.Substr(
                            "since", 1, django.db.models.functions.text.Length("ended")
                        ),
                    ),
                    _connector="OR",
                ),
                name="program_ends_after_it_begins",
                violation_error_message="It cannot have ended before it began.",
            ),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.CheckConstraint(condition=models.Q(("value__gte", 0)), name="result_not_negative"),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.CheckConstraint(
                condition=models.Q(("activity__isnull", True), ("participation__isnull", False), _connector="OR"),
                name="result_of_an_activity_names_its_participation",
            ),
        ),
        migrations.AddConstraint(
            model_name="tranche",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "planned"), models.Q(("reference", ""), _negated=True), _connector="OR"),
                name="tranche_paid_with_a_reference",
            ),
        ),
    ]
