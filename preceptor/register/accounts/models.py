"""Tables: users, and roles held through an engagement."""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from preceptor.foundation.access import Role
from preceptor.foundation.facts import DatedFact, belief_check, period_check
from preceptor.register.people.models import Engagement, Person


class User(AbstractBaseUser):
    """Someone who signs in with an email address. The person behind it is who they are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="user")
    is_active = models.BooleanField(default=True)

    objects = BaseUserManager["User"]()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email")]

    def __str__(self) -> str:
        return self.email


class RoleHeld(DatedFact):
    """A role held through an engagement: it ends with the engagement at the latest."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="roles_held")
    role = models.CharField(max_length=20)

    class Meta:
        constraints = [
            period_check("role_held"),
            belief_check("role_held"),
            models.CheckConstraint(condition=Q(role__in=[role.value for role in Role]), name="role_held_role"),
        ]

    def __str__(self) -> str:
        return f"{self.role} through {self.engagement_id}"
