"""Default deny: every page that needs no account is listed here by name."""

from django.urls import URLPattern, URLResolver, get_resolver

PUBLIC = {
    "alerts:archive",
    "alerts:confirm",
    "alerts:detail",
    "alerts:feed",
    "alerts:feed_about",
    "alerts:feed_of",
    "alerts:feed_of_about",
    "alerts:list",
    "alerts:subscribe",
    "alerts:subscribe_sent",
    "alerts:subscription",
    "alerts:unsubscribe",
    "developers",
    "feedback:give",
    "feedback:thanks",
    "robots",
    "search:search",
    "security_txt",
    "sitemap",
    "sitemap_index",
    "website:feed",
    "website:official_accounts",
    "website:page_cookies",
    "website:whole",
    "website:whole_text",
    "health_live",
    "health_ready",
    "trust_bundle",
    "verification_short",
    "verifier",
    "verifier_in",
    "verifier_root",
    "verifier_worker",
    "verification_scan",
    "website:checker",
    "website:checker_answer",
    "website:fee_calculator",
    "website:fees",
    "website:home",
    "website:node",
    "website:node_history",
    "website:page_accessibility",
    "website:page_privacy",
    "website:post_answer",
    "website:post_calendar",
    "website:post_detail",
    "website:post_find",
    "website:post_list",
    "website:checklist_pdf",
    "website:wallet_card",
    "website:processing_times",
    "website:visa_detail",
    "website:visa_list",
    "applications:resume",
    "verification:check",
    "verification:code",
    "verification:share",
    "status_list",
    "log_head",
    "log_heads",
    "log_leaves",
    "log_inclusion",
    "log_consistency",
    "portal:status",
    "portal:status_result",
    "portal:status_state",
    "accounts:login_password",
}


def patterns(resolver=None, namespace=""):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", entry.callback


def is_public(view) -> bool:
    return not getattr(view, "login_required", True)


def test_every_public_page_is_listed():
    ours = {
        name
        for name, view in patterns()
        if is_public(view) and not name.startswith(("account_", "api:", "mfa_", "demo:"))
    }
    assert ours == PUBLIC
