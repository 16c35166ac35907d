"""Where things were done from, and a log that the database itself lets nobody change.

`octavo.erasing` opens it for the transaction that erases somebody's data, and for nothing else.
"""

from django.db import migrations, models

GUARD = """
CREATE FUNCTION public.insights_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('octavo.erasing', true) = 'on' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'the activity log is only added to' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER insights_append_only BEFORE UPDATE OR DELETE ON public.insights_activitylog
    FOR EACH ROW EXECUTE FUNCTION public.insights_refuse_change();
"""
UNGUARD = """
DROP TRIGGER insights_append_only ON public.insights_activitylog;
DROP FUNCTION public.insights_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("insights", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="activitylog",
            name="ip_address",
            field=models.GenericIPAddressField(null=True),
        ),
        migrations.AddField(
            model_name="activitylog",
            name="user_agent",
            field=models.CharField(blank=True, db_default="", default="", max_length=300),
        ),
        migrations.RunSQL(GUARD, UNGUARD),  # sql: a shared table, which it names with its schema
    ]
