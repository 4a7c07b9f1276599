"""Which addresses are one page and which are two: pairs that must meet in one canonical URL, pairs
that must not, canonical claims that are believed and that are not.
"""

from __future__ import annotations

from urllib.parse import urljoin

import pytest

from flows.link.address import canonical_url
from flows.link.canonical_trust import is_plausible
from flows.link.identity import identity_names
from flows.link.twins import twin_key

AT = "https://tide.example"

TRACKED = """
utm_source=x utm_medium=email utm_campaign=a%20b utm_term=1 utm_content=2 utm_id=77 utm_brand=q utm_whatever=1
fbclid=IwAR0 gclid=Cj0 gclsrc=aw.ds dclid=1 gbraid=0A wbraid=Ck msclkid=1f twclid=2 ttclid=E.C yclid=99 ysclid=l1 igshid=Ym igsh=MW
rdt_cid=1 li_fat_id=2 epik=dj irclickid=x sscid=1 awc=1_2 _ga=2.1 _gl=1*2 usqp=mq331 _openstat=a srsltid=AfmB __twitter_impression=true
guccounter=1 guce_referrer=aHR0 guce_referrer_sig=AQ mc_cid=1 mc_eid=2 mkt_tok=NDEw vero_id=1 vero_conv=2 oly_anon_id=3 oly_enc_id=4
rb_clickid=1 wickedid=2 ml_subscriber=1 _hsenc=p2 _hsmi=7 __hssc=1 __hstc=1 __hsfp=1 hsCtaTracking=x hsa_acc=1 hsa_cam=2 hsa_grp=3 _kx=1
_branch_match_id=1 s_cid=a s_kwcid=AL ef_id=x cm_mmc=a cm_mmca1=b cm_me=c cx_click=1 cx_recsOrder=2 cx_recsWidget=3
ns_source=twitter ns_mchannel=social ns_campaign=bbc ns_linkname=0 ns_fee=0 pk_campaign=a pk_kwd=b pk_source=c pk_medium=d mtm_campaign=a
mtm_source=b mtm_group=c matomo_campaign=x piwik_campaign=y itm_source=a itm_medium=b wt_mc=x wt_zmc=y WT.mc_id=z gs_l=a gs_lcp=b
at_medium=RSS at_campaign=64 at_custom1=x at_link_id=y at_ptr_name=z at_bbc_team=e xtor=AL-72 ocid=BingNews ncid=rss icid=x smid=tw
smtyp=cur cmpid=rss ftag=CNM-00 emc=rss ref_src=twsrc ref_url=http fb_ref=x fb_source=y fb_action_ids=1 action_type_map=a bsft_eid=1
dpg_source=x adjust_campaign=y spm=1.2 campaign_id=5 ad_id=6 sr_share=twitter wpisrc=nl dm_i=1 trk=feed nr_email_referer=1 stm_source=x
CMP=share_btn_tw CMP=soc_567 cmp=rss mod=rss_whats_news mod=hp_lead_pos1 partner=rss partner=yahoo src=rss src=twt source=newsletter
ref=home ref=twitter ref=rss-feed referrer=google.com cid=rss campaign=email_newsletter via=twitter from=homepage feature=share
medium=social rss=feed cid= ref= eid= ref=https://www.search.example/ source=twitter-web cid=nl-rss
isAmp=true _format=amp type=amp outputType=valid_amp print=1
referringSource=articleShare dicbo=v2-ab replytocom=12 .tsrc=rss
"""  # noqa: E501
"""Parameters that say where a reader came from."""

KEPT = """
cid=AEN20260301001 cid=AEN001 eid=E-77 eid=quay-widened uid=4f2a91 campaign=harbour-2026 ref=A113 ref=4711 ref=quay
ns_id=77 ns_article=5 at_id=9 at=12 gs_id=4 pk_id=3 pk=5 mc_id=8 mc=4 wt_id=2 ga_id=6 cmp=7 cmp=AB12 mod=news mod=article mod=view
partner=ellery-tide source=4711 src=88 id=5 p=77 article=quay story=9 news=12 n=4 q=quay tag=harbour page=2 gallery=3 key=a7 slug=quay
mt_id=1 hs_id=2 sid=77 nid=5 aid=AKR2026 oid=001 msgid=3 lang=en edition=uk date=20260301 type=article xid=77ab origin=4711 entry=99
ref=mail-delivery-strike cid=home-office-row eid=google-fined
position=web-designer type=amplifier print=front view=amps
source=https://wire.example/7 clip=4 rss_id=9 mkt=us title=fbclid text=utm_source x=1
"""  # noqa: E501
"""Parameters that may name an article."""


def test_a_tracking_parameter_is_dropped() -> None:
    alone = {given: canonical_url(f"{AT}/a?{given}") for given in TRACKED.split()}
    beside = {given: canonical_url(f"{AT}/a?id=5&{given}") for given in TRACKED.split()}
    assert alone == dict.fromkeys(alone, f"{AT}/a")
    assert beside == dict.fromkeys(beside, f"{AT}/a?id=5")


def test_a_parameter_that_may_name_an_article_is_kept() -> None:
    lost = []
    for parameter in KEPT.split():
        name, _, value = parameter.partition("=")
        one, other = (canonical_url(f"{AT}/a?{name}={v}") for v in (value, f"{value}7"))
        if len({one, other, f"{AT}/a"}) < 3:
            lost.append(parameter)
    assert lost == []


MEET = (
    ("http://www.tide.example/a/", "https://tide.example/a"),
    ("https://m.tide.example/a", "https://tide.example/a"),
    ("https://tide.example/amp/a", "https://tide.example/a"),
    ("https://tide.example/news/amp/a-7", "https://tide.example/news/a-7"),
    ("https://tide.example/news/a-7/amp", "https://tide.example/news/a-7"),
    ("https://tide.example/news/a-7.amp.html", "https://tide.example/news/a-7.html"),
    ("https://amp.tide.example/news/a-7", "https://tide.example/news/a-7"),
    ("https://tide.example/a?amp", "https://tide.example/a"),
    ("https://tide.example/a?outputType=amp", "https://tide.example/a"),
    ("https://tide-example.cdn.ampproject.org/v/s/tide.example/a", "https://tide.example/a"),
    ("https://tide.example/cafe\u0301-7", "https://tide.example/caf\u00e9-7"),
    ("https://tide.example/cafe%CC%81-7", "https://tide.example/caf%C3%A9-7"),
    ("https://tide.example/cafe%CC%81%2Fb", "https://tide.example/caf%C3%A9%2Fb"),
    ("https://tide.example/a?q=cafe%CC%81", "https://tide.example/a?q=caf%C3%A9"),
    ("https://tide.example/./x/../a-7", "https://tide.example/a-7"),
    ("https://tide.example/x/%2e%2e/a-7", "https://tide.example/a-7"),
    ("https://tide.example/../a-7", "https://tide.example/a-7"),
    ("https://tide.example/%7Eada/%61", "https://tide.example/~ada/a"),
    ("https://tide.example/%c3%bc", "https://tide.example/%C3%BC"),
    ("https://TIDE.example:443/a", "https://tide.example/a"),
    ("http://tide.example:80/a", "https://tide.example/a"),
    ("https://tide.example/a//b", "https://tide.example/a/b"),
    ("https://tide.example/a?y=2&x=1", "https://tide.example/a?x=1&y=2"),
    ("https://tide.example/a#top", "https://tide.example/a"),
    ("https://tide.example/a/index.html", "https://tide.example/a"),
    ("https://xn--mnchen-3ya.example/a", "https://münchen.example/a"),
    ("https://ada:secret@tide.example/a", "https://tide.example/a"),
    ("https://tide.example/a;jsessionid=77", "https://tide.example/a"),
    ("https://tide.example./a", "https://tide.example/a"),
    ("https://tide.example/a?b=1&amp;c=2&amp;utm_source=x", "https://tide.example/a?b=1&c=2"),
    ("https://www.bing.com/amp/s/www.tide.example/a", "https://tide.example/a"),
    ("https://cdn.ampproject.org/c/s/tide.example/a", "https://tide.example/a"),
    ("https://tide-example.bing-amp.com/c/s/tide.example/a", "https://tide.example/a"),
    ("https://www2.tide.example/a", "https://tide.example/a"),
    ("https://lite.tide.example/a", "https://tide.example/a"),
    ("https://tide.example/a.amphtml", "https://tide.example/a.html"),
    ("https://tide.example/a?nonamp=1", "https://tide.example/a"),
    ("https://tide.example/a?display=amp", "https://tide.example/a"),
    ("https://tide.example/a%3BJSESSIONID=0A!1?id=5", "https://tide.example/a?id=5"),
    ("https://tide.example/a?id=5;jsessionid=AB", "https://tide.example/a?id=5"),
    ("https://tide.example/a;CFID=1;CFTOKEN=2", "https://tide.example/a"),
    ("https://tide.example/(X(1)S(lit3py55t21z5v))/a", "https://tide.example/a"),
    ("https://tide.example/a?x=1;utm_source=2", "https://tide.example/a?x=1"),
    ("https://tide.example/a?utm_source", "https://tide.example/a"),
    ("https://tide.example/a%E2%80%8B%20", "https://tide.example/a"),
)

DIFFER = (
    ("https://tide.example/a", "https://tide.example/A"),
    ("https://tide.example/story?1", "https://tide.example/story?2"),
    ("https://tide.example/?p=1", "https://tide.example/?p=2"),
    ("https://tide.example/#!/a", "https://tide.example/#!/b"),
    ("https://tide.example/a?page=2", "https://tide.example/a"),
    ("https://tide.example/a/2", "https://tide.example/a"),
    ("https://tide.example/a%2Fb", "https://tide.example/a/b"),
    ("https://tide.example/a%3Fb", "https://tide.example/a"),
    ("https://tide.example/amp", "https://tide.example/"),
    ("https://amp.example/a", "https://example/a"),
    ("https://tide.example:8080/a", "https://tide.example/a"),
    ("https://de.tide.example/a", "https://tide.example/a"),
    ("https://tide.example/ampere/a", "https://tide.example/a"),
    ("https://tide.example/caf%C3%A9", "https://tide.example/cafe"),
    ("https://tide.example/a..b", "https://tide.example/ab"),
    ("https://tide.example/s?id=5&cat=2", "https://tide.example/s?id=5&cat=3"),
    ("https://www24.tide.example/a", "https://tide.example/a"),
    ("https://lite.example/a", "https://example/a"),
    ("https://tide.example/a;5", "https://tide.example/a;6"),
    ("https://tide.example/a?id=5;6", "https://tide.example/a?id=5"),
    ("https://tide.example/a;sidney=1", "https://tide.example/a"),
    ("https://tide.example/f(x(1))/a", "https://tide.example/a"),
    ("https://tide.example/a?type", "https://tide.example/a"),
    ("https://tide.example/a%20b", "https://tide.example/a"),
    ("https://tide.example/m/a", "https://tide.example/a"),
    ("https://tide.example/best-guitar-amp.html", "https://tide.example/best-guitar.html"),
    ("https://tide.example/a?st=7x", "https://tide.example/a?st=8y"),
)


def test_variants_meet() -> None:
    found = [(canonical_url(one), canonical_url(other)) for one, other in MEET]
    assert [pair for pair in found if pair[0] is None or pair[0] != pair[1]] == []


def test_different_pages_do_not_meet() -> None:
    found = [(one, other) for one, other in DIFFER if canonical_url(one) == canonical_url(other)]
    assert found == []


TWINS = (
    "/m/a /a",
    "/news/lite/a /news/a",
    "/a-amp.html /a.html",
    "/a.print.php /a",
    "/a;v=2 /a",
    "/a?si=aBc /a",
    "/a?id=5&st=9x /a?id=5",
    "//m-news.tide.example/a //news.tide.example/a",
    "//mobil.tide.example/a //tide.example/a",
    "//de.web.tide.example/a //de.tide.example/a",
)
"""Two addresses that are of one page if they give one text."""

NO_TWINS = (
    *("/m/a /b", "/a?id=5 /a?id=6", "/a?st=1001 /a?st=1002", "/a?page=2 /a", "/m /a"),
    "//film-news.tide.example/a //filnews.tide.example/a",
    "//context.tide.example/a //contide.example/a",
)


@pytest.mark.parametrize("pair", TWINS)
def test_editions_may_be_twins(pair: str) -> None:
    one, other = (twin_key(urljoin(AT, address)) for address in pair.split())
    assert one == other is not None


@pytest.mark.parametrize("pair", NO_TWINS)
def test_others_are_no_twins_whatever_their_texts(pair: str) -> None:
    one, other = (twin_key(urljoin(AT, address)) for address in pair.split())
    assert one != other
    assert twin_key(f"{AT}/m/") is None


STORY = f"{AT}/news/2026/03/port-ellery-widens-its-quay-10077"

IMPLAUSIBLE = (
    (f"{AT}/", STORY),
    (f"{AT}/news/", STORY),
    (f"{AT}/news/2026/03", STORY),
    (f"{AT}/politics", STORY),
    (f"{AT}/404", STORY),
    (f"{AT}/error.html", STORY),
    (f"{AT}/page-not-found/", STORY),
    (f"{AT}/news/{{{{slug}}}}", STORY),
    (f"{AT}/news/%7B%7Bslug%7D%7D", STORY),
    (f"{AT}/news/undefined", STORY),
    (f"{AT}/news/null", STORY),
    (f"{AT}/news/${{article.slug}}", STORY),
    (f"{AT}/:slug", STORY),
    (f"{AT}/story.php", f"{AT}/story.php?id=5"),
    (f"{AT}/story", f"{AT}/story?20260301"),
    (f"{AT}/story", f"{AT}/story?cid=AEN001"),
    (f"{AT}/story?lang=en", f"{AT}/story?cid=AEN001&lang=en"),
    (f"{AT}/view", f"{AT}/view?slug=quay"),
    (STORY, f"{STORY}?page=2"),
    (STORY, f"{STORY}/page/2"),
    (STORY, f"{STORY}/2"),
    (f"{AT}/a-7.html", f"{AT}/a-7-page-2.html"),
    ("not an address", STORY),
    (f"{AT}/the-long-tale.html", f"{AT}/the-long-tale-2.html"),
    (f"{AT}/search?q=quay", STORY),
    (f"{AT}/access-denied.html", STORY),
    (f"{AT}/news/%25s", STORY),
    (f"{AT}/news/*", STORY),
    (f"{AT}/news/%3Cslug%3E", STORY),
    (f"{AT}/news.aspx", f"{AT}/news.aspx?w=44"),
    (f"{AT}/day/20260301", f"{AT}/day/20260301/quay"),
    (f"{AT}/live/10077", f"{AT}/live/10077/20481"),
    (f"{AT}/news/2026/03/page/2", STORY),
    (f"{AT}/news/2026/03/%25slug%25", STORY),
    (f"{AT}/news/2026/03/<?php echo $slug; ?>", STORY),
    (f"{AT}/news/2026/03/@Model.Slug", STORY),
    (f"{AT}/news/2026/03/$slug", STORY),
    (f"{AT}/seite-nicht-gefunden", STORY),
    (STORY, f"{STORY},page-2"),
    ("https://circle.example/sharer.php?u=x", STORY),
    (f"{AT}/rss.xml", STORY),
    (f"{AT}/news/quay-10077.jpg", STORY),
)

PLAUSIBLE = (
    (STORY, STORY),
    (STORY, f"{STORY}?utm_source=x"),
    (STORY, f"{STORY}?view=print"),
    (STORY, f"{STORY}?page=1"),
    (STORY, f"{STORY}/amp"),
    (STORY, f"{STORY}/print"),
    (f"{AT}/news/port-ellery-widens-its-quay", STORY),
    (f"{AT}/harbour/port-ellery-widens-its-quay-10077", STORY),
    (STORY, f"{AT}/?p=10077"),
    (f"{AT}/quay-widened-in-ellery", f"{AT}/?p=10077"),
    (f"{AT}/story?id=5", f"{AT}/story?id=5&s=rss"),
    (f"{STORY}?page=2", f"{STORY}?page=2&utm_source=x"),
    ("https://ebb.example/news/port-ellery-widens-its-quay-10077", STORY),
    (f"{AT}/404-jobs-go-at-the-shipyard", f"{AT}/404-jobs-go-at-the-shipyard?x=1"),
    (f"{AT}/", f"{AT}/?utm_source=x"),
    (f"{AT}/news", f"{AT}/news/"),
    (f"{AT}/story/10077", f"{AT}/story/10077/quay-widened"),
    (f"{AT}/news/ship", f"{AT}/news/ship.html"),
    (f"{AT}/search-for-the-ferry-ends-today", f"{AT}/p/10077"),
    (f"{AT}/news.aspx?w=44", f"{AT}/news.aspx?w=44&s=rss"),
    (f"{AT}/2026/03/01/quay", f"{AT}/2026/03/01/quay/comment-page-2"),
    (f"{AT}/prices-up-2.5-percent-in-port-ellery", STORY),
    (f"{AT}/quay-costs-$500m-more-than-told", STORY),
)


@pytest.mark.parametrize(("canonical", "url"), IMPLAUSIBLE)
def test_a_canonical_that_many_may_share_is_not_believed(canonical: str, url: str) -> None:
    assert not is_plausible(canonical, url)


@pytest.mark.parametrize(("canonical", "url"), PLAUSIBLE)
def test_a_canonical_that_names_the_article_is_believed(canonical: str, url: str) -> None:
    assert is_plausible(canonical, url)


def test_a_parameter_that_tells_articles_apart_is_learned() -> None:
    articles = [
        (f"{AT}/story?ncid=1&utm_source=rss", "Quay widened"),
        (f"{AT}/story?ncid=2&utm_source=rss", "Ferry leaves"),
        (f"{AT}/story?ncid=3&utm_source=rss", "Storm closes harbour"),
    ]
    assert identity_names(articles) == {"ncid"}
    assert canonical_url(articles[0][0]) == f"{AT}/story"
    assert canonical_url(articles[0][0], {"ncid"}) == f"{AT}/story?ncid=1"


@pytest.mark.parametrize(
    "listed",
    [
        [(f"{AT}/a?ncid=1", "Quay"), (f"{AT}/b?ncid=2", "Ferry")],
        [(f"{AT}/a?ncid=1", "Quay"), (f"{AT}/a?ncid=2", "Quay!")],
        [(f"{AT}/a?ncid=1", "Quay"), (f"{AT}/a?ncid=1", "Ferry")],
        [(f"{AT}/a?ncid=1", "Quay"), (f"{AT}/a?ncid=2", None)],
        [(f"{AT}/a?ncid=1", "Quay"), (f"{AT}/a?ncid=2", "Ferry"), (f"{AT}/a?ncid=3", "Quay")],
        [(f"{AT}/a?ncid=1", "Quay"), (f"{AT}/a", "Ferry")],
    ],
)
def test_tracking_is_not_learned(listed: list[tuple[str, str | None]]) -> None:
    assert not identity_names(listed)
