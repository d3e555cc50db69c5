"""From a pasted link to the one post that it leads to; nothing is fetched, nobody's name is kept."""

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
    key, url = (hidden, "") if link.names_account else (link.id, link.url)
    post, _made = Post.objects.get_or_create(
        campaign=campaign, platform=link.platform, key=key, defaults={"url": url, "first_seen": now()}
    )
    return post


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
