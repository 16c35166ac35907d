"""Migrations that no release still has to run beside: old code beside new is tried from here on.

Move a line on when every installation has passed it. Apps that are not named are tried from their beginning.
"""

BASELINE = {
    "accounts": "0002_avatars",
    "api": "0001_answers",
    "api_keys": "0001_initial",
    "billing": "0018_plans_that_bring_own_providers",
    "books": "0002_publication",
    "collaboration": "0001_initial",
    "formats": "0002_designs_editions_printing",
    "generation": "0001_initial",
    "insights": "0004_by_api_key",
    "jobs": "0001_initial",
    "notifications": "0002_digests_and_letters",
    "storage": "0002_picture_sources",
    "tenants": "0008_file_place",
    "webhooks": "0001_initial",
}
