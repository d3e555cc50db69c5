"""From a pasted link to the one post that it leads to; nothing is fetched, nobody's name is kept."""

from collections.abc import Collection
from secrets import token_hex

from django.utils.crypto import salted_hmac

from tractage.domain.reach.links import LinkError, PostLink, parse_link
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.sightings.models import Post
from tractage.hq.sightings.refusals import link_refusal

SALT = "tractage.sightings.posts"


def read_link(text: str) -> PostLink:
    """The post behind a link. Raises FieldRefused in words."""
    try:
        return parse_link(text)
    except LinkError as error:
        raise link_refusal(error) from None


def sealed(platform: str, number: str) -> str:
    """What is kept instead of an address that names an account, or that has expired."""
    value = f"{platform}\n{number}"
    return f"sealed:{salted_hmac(SALT, value, algorithm='sha256').hexdigest()}"


def post_of(campaign: Campaign, link: PostLink) -> Post:
    """The post of a link, made when nobody had seen it; inside the caller's transaction."""
    hidden = sealed(link.platform, link.id)
    known = Post.objects.filter(campaign=campaign, platform=link.platform, key__in=(link.id, hidden)).first()
    if known:
        return known
    key, url = _kept_as(link)
    post, _made = Post.objects.get_or_create(
        campaign=campaign, platform=link.platform, key=key, defaults={"url": url, "first_seen": now()}
    )
    return post


def posts_of(links: Collection[tuple[int, PostLink]]) -> dict[tuple[int, PostLink], Post]:
    """`post_of` for many links at once, each with the number of its campaign."""
    found = _known(links)
    missing = {(campaign, link.platform, _kept_as(link)) for campaign, link in {*links} - {*found}}
    if missing:
        rows = (
            Post(campaign_id=campaign, platform=platform, key=key, url=url, first_seen=now())
            for campaign, platform, (key, url) in sorted(missing)
        )
        Post.objects.bulk_create(rows, ignore_conflicts=True)  # somebody may have just seen one of them
        found = _known(links)
    return found


def _known(links: Collection[tuple[int, PostLink]]) -> dict[tuple[int, PostLink], Post]:
    keys = {link: (link.id, sealed(link.platform, link.id)) for _campaign, link in links}
    rows = Post.objects.filter(
        campaign__in={campaign for campaign, _link in links},
        platform__in={link.platform for link in keys},
        key__in=[key for pair in keys.values() for key in pair],
    )
    known = {(post.campaign_id, post.platform, post.key): post for post in rows}
    return {
        (campaign, link): post
        for campaign, link in links
        for key in keys[link]
        if (post := known.get((campaign, link.platform, key)))
    }


def _kept_as(link: PostLink) -> tuple[str, str]:
    """Key and address under which a post is kept: no address where it would name an account."""
    return (sealed(link.platform, link.id), "") if link.names_account else (link.id, link.url)


def post_without_link(campaign: Campaign, platform: str) -> Post:
    """A post known by a screenshot alone: noted, but nobody can tell it from another."""
    return Post.objects.create(
        campaign=campaign, platform=platform, key=f"capture:{token_hex(16)}", first_seen=now()
    )


def root_of(post: Post) -> Post:
    """The post that this one was merged into, at the end of the chain."""
    seen = {post.pk}
    while post.merged_into is not None and post.merged_into_id not in seen:
        post = post.merged_into
        seen.add(post.pk)
    return post
