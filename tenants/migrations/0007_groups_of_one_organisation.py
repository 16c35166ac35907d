"""A group has members and a tier of its own organisation alone, and so has a member: the database sees to it."""

from django.db import migrations

GUARD = """
CREATE FUNCTION public.tenants_refuse_strangers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'of another organisation' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE FUNCTION public.tenants_tier_elsewhere(tier uuid, organisation uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM public.tenants_tier t WHERE t.id = tier AND t.organisation_id <> organisation)
$$;
CREATE FUNCTION public.tenants_group_elsewhere(in_group uuid, member uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM public.tenants_group g, public.tenants_membership m
        WHERE g.id = in_group AND m.id = member AND g.organisation_id <> m.organisation_id
    )
$$;
CREATE TRIGGER tenants_own_group BEFORE INSERT OR UPDATE ON public.tenants_groupmember
    FOR EACH ROW WHEN (public.tenants_group_elsewhere(NEW.group_id, NEW.membership_id))
    EXECUTE FUNCTION public.tenants_refuse_strangers();
CREATE TRIGGER tenants_own_tier BEFORE INSERT OR UPDATE OF tier_id ON public.tenants_group
    FOR EACH ROW WHEN (NEW.tier_id IS NOT NULL
        AND public.tenants_tier_elsewhere(NEW.tier_id, NEW.organisation_id))
    EXECUTE FUNCTION public.tenants_refuse_strangers();
CREATE TRIGGER tenants_own_tier BEFORE INSERT OR UPDATE OF tier_id ON public.tenants_membership
    FOR EACH ROW WHEN (NEW.tier_id IS NOT NULL
        AND public.tenants_tier_elsewhere(NEW.tier_id, NEW.organisation_id))
    EXECUTE FUNCTION public.tenants_refuse_strangers();
"""
UNGUARD = """
DROP TRIGGER tenants_own_tier ON public.tenants_membership;
DROP TRIGGER tenants_own_tier ON public.tenants_group;
DROP TRIGGER tenants_own_group ON public.tenants_groupmember;
DROP FUNCTION public.tenants_group_elsewhere(uuid, uuid);
DROP FUNCTION public.tenants_tier_elsewhere(uuid, uuid);
DROP FUNCTION public.tenants_refuse_strangers();
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", "0006_own_hosts_and_removals")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]  # sql: shared tables, named with their schema
