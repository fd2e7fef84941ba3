from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.exceptions import Immutable
from partnerships.querysets.record import WrittenOnceQuerySet


class RegisterEntry(models.Model):
    """One entry of the public, hash-chained register (domain section 8)."""

    seq = models.PositiveBigIntegerField(_("sequence"), primary_key=True)
    recorded_at = models.DateTimeField(_("recorded at"))
    event = models.CharField(_("event"), max_length=40)
    subject = models.CharField(_("subject"), max_length=80)
    payload = models.TextField(_("payload (RFC 8785)"), blank=True)
    payload_hash = models.CharField(_("payload hash"), max_length=64)
    previous_hash = models.CharField(_("previous hash"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64, unique=True)
    redacted = models.BooleanField(_("redacted"), default=False)

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        verbose_name = _("register entry")
        verbose_name_plural = _("register")
        ordering = ["seq"]
        constraints = [
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="register_starts_at_one"),
            models.UniqueConstraint(fields=["previous_hash"], name="register_has_no_fork"),
            models.CheckConstraint(
                condition=models.Q(redacted=True, payload="") | (models.Q(redacted=False) & ~models.Q(payload="")),
                name="register_payload_or_redacted",
            ),
        ]
        indexes = [models.Index(fields=["subject", "seq"], name="register_by_subject")]

    def __str__(self) -> str:
        return f"{self.seq}: {self.event} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding and set(kwargs.get("update_fields") or ()) != {"payload", "redacted"}:
            raise Immutable("The register is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Immutable("Nothing is removed from the register.")


class RegisterHead(models.Model):
    """The one head of the register; locked by whoever appends."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="register_one_head")]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash[:12]}"
