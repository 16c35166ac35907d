"""Everything the activity log can tell of. A new action is added here, with a word on when it is written."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    # Accounts; resource: the user. In no organisation, but for in and out, on whose host it was.
    SIGNED_UP = "user.signed_up", _("Signed up")
    SIGNED_IN = "user.signed_in", _("Signed in")
    SIGNED_OUT = "user.signed_out", _("Signed out")
    SESSION_ENDED = "user.session_ended", _("Signed out another session")  # details: device, count
    PASSWORD_CHANGED = "user.password_changed", _("Changed the password")
    PASSWORD_RESET = "user.password_reset", _("Set a new password by e-mail")
    EMAIL_ADDED = "user.email_added", _("Added an e-mail address")  # details: email
    EMAIL_CONFIRMED = "user.email_confirmed", _("Confirmed an e-mail address")  # details: email
    EMAIL_CHANGED = "user.email_changed", _("Changed the e-mail address")  # details: email, the new one
    EMAIL_REMOVED = "user.email_removed", _("Removed an e-mail address")  # details: email
    FACTOR_ADDED = "user.factor_added", _("Switched an app’s codes on")
    FACTOR_REMOVED = "user.factor_removed", _("Switched an app’s codes off")
    RECOVERY_CODES_MADE = "user.recovery_codes_made", _("Made new recovery codes")
    PASSKEY_ADDED = "user.passkey_added", _("Added a passkey")  # details: passkey, its name
    PASSKEY_REMOVED = "user.passkey_removed", _("Removed a passkey")  # details: passkey, its name
    PROVIDER_CONNECTED = "user.provider_connected", _("Connected an account elsewhere")  # details: provider
    PROVIDER_DISCONNECTED = "user.provider_disconnected", _("Disconnected an account elsewhere")  # the same
    ACCOUNT_EXPORTED = "user.exported", _("Downloaded what is known of the account")
    # Organisations; resource: the organisation
    ORGANISATION_CREATED = "organisation.created", _("Created the organisation")
    ORGANISATION_CHANGED = "organisation.changed", _("Changed the organisation’s settings")
    DELETION_ASKED = "organisation.deletion_asked", _("Asked for the organisation’s deletion")
    ORGANISATION_KEPT = "organisation.kept", _("Kept the organisation from deletion")
    ORGANISATION_EXPORTED = "organisation.exported", _("Exported the organisation")
    EXPORT_ASKED = "export.asked", _("Asked for an export of all data")
    EXPORT_FAILED = "export.failed", _("An export of all data could not be made")
    EXPORT_DOWNLOADED = "export.downloaded", _("Downloaded an export of all data")  # details: size, sha256
    EXPORT_DELETED = "export.deleted", _("Deleted an export of all data")
    ORGANISATION_IMPORTED = "organisation.imported", _("Imported the organisation")
    ORGANISATION_SUSPENDED = "organisation.suspended", _("Suspended the organisation")
    ORGANISATION_RESUMED = "organisation.resumed", _("Resumed the organisation")
    ORGANISATION_MOVED = "organisation.moved", _("Had the organisation moved")  # before, server
    ORGANISATION_FILES_MOVED = "organisation.files_moved", _("Had its files moved")  # before, place
    # Members; resource: the organisation, details: who it was about (name, e-mail, role)
    MEMBER_INVITED = "member.invited", _("Invited somebody")
    INVITATION_REVOKED = "invitation.revoked", _("Took an invitation back")
    MEMBER_JOINED = "member.joined", _("Joined the organisation")
    MEMBER_ROLE_CHANGED = "member.role_changed", _("Changed a member’s role")
    MEMBER_REMOVED = "member.removed", _("Removed a member")
    MEMBER_LEFT = "member.left", _("Left the organisation")
    OWNERSHIP_TRANSFERRED = "organisation.transferred", _("Handed the organisation over")
    MEMBER_TIER_CHANGED = "member.tier_changed", _("Gave a member another tier")  # also: before, tier
    # Groups; resource: the group
    GROUP_CREATED = "group.created", _("Made a group")
    GROUP_CHANGED = "group.changed", _("Changed a group")  # details: the old name, description; the new tier
    GROUP_DELETED = "group.deleted", _("Deleted a group")
    GROUP_MEMBER_ADDED = "group.member_added", _("Put a member in a group")  # details: name, e-mail
    GROUP_MEMBER_REMOVED = "group.member_removed", _("Took a member out of a group")  # details: the same
    # Tiers; resource: the tier, or the organisation for their order
    TIER_CREATED = "tier.created", _("Made a tier")
    TIER_RENAMED = "tier.renamed", _("Renamed a tier")  # details: before
    TIER_DELETED = "tier.deleted", _("Deleted a tier")
    TIERS_ORDERED = "tier.ordered", _("Put the tiers in another order")  # details: order, the highest first
    # Keys of the API; resource: the key, details: prefix, its beginning
    API_KEY_MADE = "api_key.made", _("Made an API key")  # also: scopes, expires_at
    API_KEY_ROTATED = "api_key.rotated", _("Rotated an API key")  # also: before, retires_at
    API_KEY_REVOKED = "api_key.revoked", _("Revoked an API key")  # also: reason, where the platform did
    # Webhooks; resource: the endpoint
    WEBHOOK_ADDED = "webhook.added", _("Added a webhook")
    WEBHOOK_CHANGED = "webhook.changed", _("Changed a webhook")
    WEBHOOK_PAUSED = "webhook.paused", _("Paused a webhook")
    WEBHOOK_RESUMED = "webhook.resumed", _("Resumed a webhook")
    WEBHOOK_ROTATED = "webhook.rotated", _("Gave a webhook a new secret")
    WEBHOOK_REPLAYED = "webhook.replayed", _("Had events delivered again")
    WEBHOOK_REMOVED = "webhook.removed", _("Removed a webhook")
    # Domains; resource: the domain, details: its purpose, and role (in which people join) or problem
    DOMAIN_CLAIMED = "domain.claimed", _("Added a domain")
    DOMAIN_VERIFIED = "domain.verified", _("A domain was proven")
    DOMAIN_FAILING = "domain.failing", _("A domain’s record was missing")  # for three days
    DOMAIN_LOST = "domain.lost", _("A domain is no longer proven")  # after two weeks without its record
    DOMAIN_REMOVED = "domain.removed", _("Removed a domain")
    DOMAIN_ROLE_CHANGED = "domain.role_changed", _("Changed who joins by a domain")  # details: before, role
    HOST_CHOSEN = "organisation.host_chosen", _("Chose the web address that links lead to")  # before, host
    # Single sign-on; resource: the organisation, details: provider (its name)
    SINGLE_SIGN_ON_SET = "single_sign_on.set", _("Set up single sign-on")
    SINGLE_SIGN_ON_REQUIRED = "single_sign_on.required", _("Made single sign-on required")
    SINGLE_SIGN_ON_LIFTED = "single_sign_on.lifted", _("Made single sign-on a choice again")
    SINGLE_SIGN_ON_REMOVED = "single_sign_on.removed", _("Removed single sign-on")
    # AI services of its own; resource: the organisation, details: purpose, service, host
    PROVIDER_SET = "provider.set", _("Set up an AI service of the organisation’s own")
    PROVIDER_REMOVED = "provider.removed", _("Removed an AI service of the organisation’s own")
    # How the organisation looks; resource: the organisation, details: accent
    BRAND_CHANGED = "organisation.brand_changed", _("Changed the organisation’s logo or colour")
    PICTURE_CHANGED = "user.picture_changed", _("Changed their picture")  # resource: the user
    # Books; resource: the book
    BOOK_COMMISSIONED = "book.commissioned", _("Commissioned a book")
    BOOK_IMPORTED = "book.imported", _("Imported a book")  # details: chapters
    BOOK_OUTLINE_APPROVED = "book.outline_approved", _("Approved the outline")
    BOOK_FINISHED = "book.finished", _("The book was finished")
    BOOK_FAILED = "book.failed", _("The book could not be finished")
    BOOK_CANCELLED = "book.cancelled", _("Cancelled the book")
    BOOK_RETRIED = "book.retried", _("Tried again")
    BOOK_CHANGED = "book.changed", _("Changed the book’s details")
    BOOK_DELETED = "book.deleted", _("Deleted the book")
    # Batches of books; resource: the batch
    BATCH_CREATED = "batch.created", _("Prepared a batch")  # details: rows
    BATCH_BEGUN = "batch.begun", _("Began a batch")  # details: books
    BATCH_PAUSED = "batch.paused", _("The batch was paused")  # the plan is used up, or it could not go on
    BATCH_RESUMED = "batch.resumed", _("Went on with a batch")
    BATCH_RETRIED = "batch.retried", _("Tried the stopped books of a batch again")  # details: rows
    BATCH_CANCELLED = "batch.cancelled", _("Cancelled a batch")
    BATCH_COMPLETED = "batch.completed", _("The batch was finished")  # details: books, failed
    BATCH_DOWNLOADED = "batch.downloaded", _("Downloaded the files of a batch")  # details: format, books
    BATCH_DELETED = "batch.deleted", _("Deleted a batch")
    # Chapters; resource: the book, details: chapter number and title
    CHAPTER_EDITED = "chapter.edited", _("Edited a chapter")
    CHAPTER_REGENERATED = "chapter.regenerated", _("Had a chapter rewritten")
    CHAPTER_RESTORED = "chapter.restored", _("Restored an earlier version of a chapter")
    # Pictures; resource: the book, details: the chapter's number and title, none for the cover
    PICTURE_REPLACED = "picture.replaced", _("Replaced a picture")
    # Files other than those of formats; resource: the file, details: its use, or its size in bytes
    FILE_DOWNLOADED = "file.downloaded", _("Downloaded a file")
    FILE_DELETED = "file.deleted", _("Deleted a picture as it was sent")
    # Files; resource: the book, details: format and size in bytes
    FORMAT_BUILT = "format.built", _("A file was made")
    FORMATS_ASKED = "formats.asked", _("Had files made again")  # details: formats
    FORMAT_DOWNLOADED = "format.downloaded", _("Downloaded a file")
    # Editions and design; resource: the book, details: the edition's number and name, the theme and trim
    EDITION_KEPT = "edition.kept", _("Kept an edition")
    EDITION_DELETED = "edition.deleted", _("Deleted an edition")
    DESIGN_CHOSEN = "design.chosen", _("Chose another design")
    # Packages for printers; resource: the book, details: printer, binding, paper and trim, or the file
    PRINT_ASKED = "print.asked", _("Had files made for a printer")
    PRINT_DOWNLOADED = "print.downloaded", _("Downloaded a file for a printer")
    PRINT_DELETED = "print.deleted", _("Deleted files for a printer")
    # Subscriptions; resource: the organisation, details: plan, interval, and what is named beside the line
    SUBSCRIPTION_STARTED = "subscription.started", _("Subscribed")  # its first payment came
    TRIAL_STARTED = "subscription.trial_started", _("Began a trial")  # ends_at
    TRIAL_ENDED = "subscription.trial_ended", _("The trial ended")
    SUBSCRIPTION_RENEWED = "subscription.renewed", _("The subscription was renewed")  # period_end
    PLAN_CHANGED = "subscription.plan_changed", _("Changed the plan")  # before
    PLAN_CHANGE_SCHEDULED = "subscription.change_scheduled", _("Chose another plan from the next period on")
    SUBSCRIPTION_CANCELLED = "subscription.cancelled", _("Cancelled the subscription")  # ends_at
    SUBSCRIPTION_KEPT = "subscription.kept", _("Kept the subscription after all")
    SUBSCRIPTION_ENDED = "subscription.ended", _("The subscription ended")  # before: the plan that was
    SUBSCRIPTION_PAUSE_ASKED = "subscription.pause_asked", _("Asked for a pause")  # from, until
    SUBSCRIPTION_PAUSED = "subscription.paused", _("The subscription was paused")
    SUBSCRIPTION_RESUMED = "subscription.resumed", _("Resumed the subscription")
    SUBSCRIPTION_OVERDUE = "subscription.past_due", _("A renewal could not be paid")  # grace_ends_at
    CARD_CHANGED = "subscription.card_changed", _("Changed the card")  # brand, last4
    CARD_PUT_ASIDE = "subscription.card_put_aside", _("Asked for the card again")  # brand, last4
    SUBSCRIPTION_COVERED = "subscription.covered", _("Is paid for by another organisation")  # by
    SUBSCRIPTION_UNCOVERED = "subscription.uncovered", _("Is no longer paid for by another organisation")
    # Payments; resource: the organisation, details: reference, amount_minor, currency, purpose
    PAYMENT_BEGUN = "payment.begun", _("Began a payment")
    PAYMENT_RECEIVED = "payment.received", _("A payment came")
    PAYMENT_CHALLENGED = "payment.challenged", _("The bank asks about a payment")
    PAYMENT_FAILED = "payment.failed", _("A payment failed")  # failure
    PAYMENT_ABANDONED = "payment.abandoned", _("A payment was given up")
    PAYMENT_MISMATCHED = "payment.mismatched", _("A payment came that was not as asked")  # asked, paid
    REFUND_BEGUN = "payment.refund_begun", _("Began to pay back")  # reason
    PAYMENT_REFUNDED = "payment.refunded", _("Paid back")
    # Invoices; resource: the organisation, the seller or the tax rate
    BILLING_DETAILS_CHANGED = "billing.details_changed", _("Changed the billing details")  # name, country
    SELLER_CHANGED = "seller.changed", _("Changed who sells")  # what was: name, tax_id
    SELLER_ADDED = "seller.added", _("Made another company the one that sells")
    TAX_RATE_ADDED = "tax_rate.added", _("Set a tax rate")  # country, basis_points, valid_from
    TAX_RATE_REMOVED = "tax_rate.removed", _("Took a tax rate back")  # the same
    REFUND_NEEDS_DETAILS = "payment.refund_needs_details", _("Paying back needs the customer’s bank details")
    REFUND_FAILED = "payment.refund_failed", _("Paying back failed")  # failure
    # What is sold and what it costs; resource: the plan, the price, the organisation
    PLAN_PUBLISHED = "plan.published", _("Published a plan")  # code, version
    PLAN_WITHDRAWN = "plan.withdrawn", _("Stopped offering a plan")  # code
    PRICE_CHANGED = "price.changed", _("Changed what a model costs")  # provider, model, version
    # resource: the ledger's entry, details: amount_micros, remote_id
    CALL_RECONCILED = "call.reconciled", _("Entered what a provider charged for a lost call")
    CALLS_RECKONED = "calls.reckoned", _("Reckoned calls that had no price")  # provider, model, calls
    EXCHANGE_RATE_CHANGED = "exchange_rate.changed", _("Changed an exchange rate")  # currency, usd_micros
    BUDGET_CHANGED = "budget.changed", _("Changed what calls may cost in a month")  # limit_micros
    LIMIT_CHANGED = "limit.changed", _("Changed a limit")  # scope, metric, window, amount
    # The account with the gateway; resource: the account, details: hint, test_mode
    GATEWAY_KEY_SET = "gateway.key_set", _("Set the payment gateway’s key")
    GATEWAY_KEY_FORGOTTEN = "gateway.key_forgotten", _("Forgot the payment gateway’s key")
    GATEWAY_EVENT_RETRIED = "gateway.event_retried", _("Tried a gateway’s event again")  # resource: the event
    SANDBOX_CLOCK_MOVED = "sandbox.clock_moved", _("Moved the sandbox’s time on")  # details: days
    # Every night, outside any organisation; details: checked, failed, found, differences
    BILLING_RECONCILED = "billing.reconciled", _("Compared payments with the gateway")
    # Work behind the scenes, done by the platform's staff; resource: the job or step
    JOB_CANCELLED = "job.cancelled", _("Cancelled a job")
    JOB_RETRIED = "job.retried", _("Retried a job")
    STEP_RETRIED = "step.retried", _("Retried a step")
    STEP_SKIPPED = "step.skipped", _("Skipped a step")
    # resource: the letter, without its address
    LETTER_RETRIED = "letter.retried", _("Sent an e-mail again that had been given up")
