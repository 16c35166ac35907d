"""Which of Django's test apps are run: all that send SQL, but those of PostGIS."""

from __future__ import annotations

SMALL = ("basic", "select_for_update", "bulk_create")
APPS = """
aggregation aggregation_regress annotations async auth_tests backends basic bulk_create cache
composite_pk constraints contenttypes_tests custom_columns custom_lookups custom_managers custom_methods
custom_pk datatypes dates datetimes db_functions db_typecasts db_utils dbshell defer defer_regress delete
delete_regress distinct_on_fields empty_models expressions expressions_case expressions_window
extra_regress field_defaults field_subclassing filtered_relation fixtures fixtures_regress
flatpages_tests force_insert_update foreign_object from_db_value generic_inline_admin generic_relations
generic_relations_regress get_earliest_or_latest get_object_or_404 get_or_create indexes inline_formsets
inspectdb introspection known_related_objects lookup m2m_and_m2o m2m_intermediary m2m_multiple
m2m_recursive m2m_regress m2m_signals m2m_through m2m_through_regress m2o_recursive managers_regress
many_to_many many_to_one many_to_one_null max_lengths migrate_signals migration_test_data_persistence
migrations model_fields model_formsets model_forms model_indexes model_inheritance
model_inheritance_regress model_meta model_options model_package model_regress multiple_database
mutually_referential nested_foreign_keys null_fk null_fk_ordering null_queries one_to_one or_lookups
order_with_respect_to ordering pagination postgres_tests prefetch_related properties
proxy_model_inheritance proxy_models queries queryset_pickle raw_query redirects_tests reserved_names
reverse_lookup save_delete_hooks schema select_for_update select_related select_related_onetoone
select_related_regress serializers sessions_tests signals sites_tests str string_lookup swappable_models
test_utils timezones transaction_hooks transactions unmanaged_models update update_only_fields validation
xor_lookups admin_autodiscover admin_changelist admin_checks admin_custom_urls admin_default_site
admin_docs admin_filters admin_inlines admin_ordering admin_registration admin_utils admin_views
admin_widgets
""".split()  # noqa: SIM905
# Their tests make, rename and look for tables by name: all of theirs stay in one schema.
TOGETHER = frozenset(
    (
        "backends",
        "contenttypes_tests",
        "indexes",
        "inspectdb",
        "introspection",
        "migrate_signals",
        "migrations",
        "postgres_tests",
        "schema",
    )
)
