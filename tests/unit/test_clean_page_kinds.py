"""Pages that are no articles: shops, companies, lists, events, videos, walls; and articles that
look like them.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from flows.clean import clean_page
from flows.clean.html import page_kinds
from flows.clean.outcome import Evidence, classify_page
from flows.commands.clean import as_row

TEXT = "".join(
    f"<p>{n}. The ferry of Eastmere carries forty people and one cart, and it sails in any weather "
    "that the harbour office allows, from the first day of March to the last of November.</p>"
    for n in range(3)
)
MENU = "".join(f'<a href="/{n}">Ports and piers {n}</a> ' for n in range(30))


def outcome(
    body: str, *, url: str, data: dict[str, Any] | None = None, head: str = "", title: str = "Boats"
) -> str:
    said = f'<script type="application/ld+json">{json.dumps(data)}</script>' if data else ""
    page = f"<html><head><title>{title}</title>{head}{said}</head><body><nav>{MENU}</nav>{body}</body></html>"  # noqa: E501
    return clean_page(page, is_html=True, url=url).outcome


SHOP = (
    "<main><h1>Rowing boats</h1>{}<form action='/cart/add-to-cart'><button>Add to "
    "cart</button></form>"
    "<a href=#>Compare</a> <a href=#>Write a review</a> <a href=#>Free shipping</a> $120 $240 "
    "$90</main>"
)


def test_signs_that_are_counted_last_speak_against_an_article() -> None:
    """They are not counted where even the most of them would not be enough."""
    weights = page_kinds._table()["weights"]
    assert all(weights[name] > 0 for name in page_kinds.COUNTED)


def test_a_product_is_no_article() -> None:
    data = {"@type": "Product", "name": "Rowing boat", "offers": {"@type": "Offer", "price": 120}}
    assert outcome(SHOP.format(TEXT), url="https://boats.example/products/row", data=data) == (
        "product_page"
    )


@pytest.mark.parametrize(
    "path", ["category/boats", "collections/all", "tag/boats", "kategorie/boote"]
)
def test_a_list_is_no_article(path: str) -> None:
    body = (
        f"<main><h1>Boats</h1>{TEXT}<a href=#>Sort by</a> <button>Filter</button> <a "
        "href=#>Sale</a></main>"
    )
    head = '<meta property="og:type" content="website">'
    assert outcome(body, url=f"https://boats.example/{path}", head=head) == "listing_page"


def test_a_company_is_no_article() -> None:
    body = (
        f"<main><h1>Ferries for your town</h1>{TEXT}<a href=#>Request a demo</a>"
        "<a href=#>Contact us</a> <a href=#>Get a quote</a> <a href=#>Learn more</a></main>"
    )
    assert outcome(body, url="https://boats.example/services") == "business_page"


def test_events_and_videos_are_no_articles() -> None:
    event = {"@type": "Event", "name": "Regatta", "startDate": "2031-06-03"}
    url = "https://lantern.example/events/regatta-in-the-bay-of-eastmere"
    assert outcome(f"<h1>Regatta</h1>{TEXT}", url=url, data=event) == "event_page"
    video = {"@type": "VideoObject", "name": "The ferry", "uploadDate": "2031-06-03"}
    short = f"<h1>The ferry</h1>{TEXT[: TEXT.index('1.') - 3]}"
    assert (
        outcome(short, url="https://lantern.example/v/the-ferry-sails", data=video) == "video_page"
    )


@pytest.mark.parametrize(
    ("url", "data", "head"),
    [
        (
            "https://lantern.example/products/why-row-boats-are-back-in-eastmere",
            {"@type": "NewsArticle", "headline": "Boats", "datePublished": "2031-05-03"},
            "",
        ),
        (
            "https://lantern.example/news/row-boats-are-back",
            None,
            '<meta name="author" content="Ada Lund">',
        ),
        ("https://lantern.example/x", None, ""),
        (
            "https://lantern.example/2031/05/03/boats",
            None,
            '<meta property="og:type" content="article">',
        ),
        ("https://docs.example/services/boats", None, ""),
    ],
)
def test_articles_that_stand_in_shops_or_say_little_of_themselves(
    url: str, data: dict[str, Any] | None, head: str
) -> None:
    assert outcome(f"<article><h1>Boats</h1>{TEXT}</article>", url=url, data=data, head=head) == (
        "article"
    )


def test_clean_shows_what_a_rejected_page_would_have_given() -> None:
    page = f"<html><body>{SHOP.format(TEXT)}</body></html>"
    cleaned = clean_page(page, is_html=True, url="https://boats.example/products/row")
    assert (cleaned.outcome, cleaned.text) == ("product_page", "")
    assert "carries forty people" in as_row(cleaned)["text"]


@pytest.mark.parametrize(
    ("title", "line", "expected"),
    [
        ("Cette page n'existe plus", "La page demandée a été supprimée.", "not_found"),
        ("Strona nie istnieje", "Strona, której szukasz, została usunięta.", "not_found"),
        ("De haven", "Dit artikel is alleen beschikbaar voor abonnees.", "login_wall"),
        (
            "El puerto",
            "Este contenido es exclusivo para suscriptores. Suscríbete para seguir leyendo.",
            "login_wall",
        ),
        (
            "Le port",
            "Nous respectons votre vie privée. Nous et nos 812 partenaires utilisons des cookies.",
            "cookie_wall",
        ),
        (
            "Port",
            "Szanujemy Twoją prywatność. My i nasi partnerzy przechowujemy pliki cookie.",
            "cookie_wall",
        ),
        (
            "Il porto",
            "Rispettiamo la tua privacy. Noi e i nostri partner usiamo i cookie.",
            "cookie_wall",
        ),
    ],
)
def test_walls_and_missing_pages_in_many_languages(title: str, line: str, expected: str) -> None:
    assert classify_page(Evidence([line], [line], [title]))[0] == expected


def test_a_story_about_logging_in_is_no_wall() -> None:
    told = [
        "The island's only bank has asked its customers to come to the counter once more this "
        "year.",
        "Half of them have no telephone, and the ferry does not sail on the day the bank is open.",
        "A clerk will sit in the harbour office instead, on Mondays, for as long as it takes.",
    ]
    page = Evidence(told, told, ["Sign in, please: a bank returns to its island"])
    assert classify_page(page)[0] == "article"


def teasers(count: int, link: str = "/{}") -> str:
    return "".join(
        f'<article><h2><a href="{link.format(n)}">Tale number {n} of the harbour and it</a>'
        f"</h2><p>{n}. The boat leaves at seven and is back at nine, said one.</p></article>"
        for n in range(count)
    )


@pytest.mark.parametrize("path", ["", "harbour/", "2031/11/", "blog/", "?s=boat"])
def test_a_page_of_teasers_is_a_list(path: str) -> None:
    body = f"<main><h1>Harbour</h1>{teasers(8)}</main>"
    assert outcome(body, url=f"https://post.example/{path}") == "listing_page"


def test_teasers_under_an_article_make_no_list() -> None:
    body = f"<main><article><h1>Boats</h1>{TEXT}{TEXT}</article>{teasers(8)}</main>"
    assert outcome(body, url="https://post.example/news/boats-of-the-old-town") == "article"


def test_a_text_about_linked_things_is_an_article() -> None:
    head = '<meta property="og:type" content="article">'
    body = f"<main><h1>Eight tales to read</h1>{teasers(8, 'https://books.example/{}')}</main>"
    assert outcome(body, url="https://post.example/eight-tales-to-read", head=head) == "article"


def test_a_job_is_no_article() -> None:
    data = {"@type": "JobPosting", "title": "Harbour master"}
    assert outcome(
        f"<h1>Harbour master</h1>{TEXT}", url="https://post.example/jobs/1", data=data
    ) == ("business_page")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Word abonnee om verder te lezen. Al abonnee? Log dan hier in en lees alles.",
         "login_wall"),
        ("Jetzt weiterlesen mit dem Abo. Bereits Abonnent? Dann melden Sie sich an und lesen Sie "
         "den ganzen Text.", "login_wall"),
        ("Kup prenumeratę, aby czytać dalej. Masz już konto? Zaloguj się tutaj i czytaj cały tekst "
         "na każdym urządzeniu.", "login_wall"),
        ("Předplaťte si nás a čtěte dál. Už máte předplatné? Přihlaste se a přečtěte si celý text "
         "na všech zařízeních.", "login_wall"),
        ("Okumaya devam etmek için abone olun. Zaten abone misiniz? Giriş yaparak yazının tamamını "
         "okuyun.", "login_wall"),
        ("続きを読むには会員登録が必要です。会員の方はログインして全文をお読みください。",
         "login_wall"),
        ("Vi och våra partner lagrar information på en enhet, till exempel cookies, och behandlar "
         "personuppgifter. Genom att klicka samtycker du.", "cookie_wall"),
        ("Biz ve ortaklarımız bir cihazda çerezler gibi bilgileri saklıyor ve verileri işliyoruz; "
         "kabul ederek onay vermiş olursunuz.", "cookie_wall"),
        ("Sidan du letar efter finns inte längre eller har flyttats. Gå tillbaka till startsidan.",
         "not_found"),
        ("Страница, которую вы ищете, не существует или была удалена. Вернитесь на главную.",
         "not_found"),
        ("お探しのページは見つかりませんでした。移動または削除された可能性があります。",
         "not_found"),
    ],
)  # fmt: skip
def test_walls_and_errors_of_more_languages(text: str, expected: str) -> None:
    page = f"<html><head><title>Eastmere</title></head><body><div><p>{text}</p></div></body></html>"
    assert clean_page(page, is_html=True).outcome == expected


def test_an_article_that_quotes_a_wall_is_an_article() -> None:
    said = "<p>« Cet article est réservé aux abonnés », lit-on sur le site du port.</p>"
    url = "https://post.example/news/le-port-ferme-son-site"
    assert outcome(f"<article><h1>Le port</h1>{TEXT}{said}</article>", url=url) == "article"


def test_a_headline_about_consent_is_a_headline() -> None:
    title = "Cookie consent: what the new law changes"
    page = f"<article><h1>{title}</h1>{TEXT}</article>"
    assert outcome(page, url="https://post.example/news/law", title=title) == "article"


TEASERS = {
    "links over paragraphs": '<h2><a href="/{n}">{head}</a></h2><p>{text}</p>',
    "links in boxes": '<div class="e{n}"><div><a href="/{n}">{head}</a></div><p>{text}</p></div>',
    "links in paragraphs": '<p><b><a href="/{n}">{head}</a></b></p><p>{text}</p>',
    "items of a list": '<li><a href="https://www.post.example/{n}">{head}</a><p>{text}</p></li>',
    "buttons under paragraphs": '<h3>{head}</h3><p>{text}</p><a href="/{n}">Read more</a>',
}
COUNTED = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight")


def led_texts(shape: str) -> str:
    return "".join(
        shape.format(
            n=n,
            head=f"{count} ferries leave the harbour",
            text=f"{count} boats sail at dawn, the harbour office said, and the last is back by "
            "the time the lamps along the quay are lit again.",
        )
        for n, count in enumerate(COUNTED)
    )


@pytest.mark.parametrize("shape", TEASERS.values(), ids=TEASERS)
@pytest.mark.parametrize("path", ["", "news/local"])
def test_teasers_in_any_boxes_are_a_list(shape: str, path: str) -> None:
    body = f"<main>{led_texts(shape)}</main>"
    assert outcome(body, url=f"https://post.example/{path}") == "listing_page"


LED = TEASERS["links over paragraphs"]
LONG = "".join(
    f"<p>{count} times the mate rang the bell{', and again' * 20}.</p>" for count in COUNTED
)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (f"<p>By Ada Brook</p>{led_texts(LED)}", "ferries"),
        (led_texts(LED), "eight-ferries-for-the-summer"),
        (led_texts(f"{LED}<p>{{text}} So it was in {{n}} other years, too.</p>"), "ferries"),
        (led_texts(LED.replace("/{n}", "https://other.example/{n}")), "ferries"),
        (led_texts(LED.replace("/{n}", "#f{n}")), "ferries"),
        (f"{led_texts(LED)}{LONG}", "ferries"),
    ],
    ids=["signed", "its own address", "longer texts", "other sites", "contents", "more text"],
)
def test_an_article_with_linked_headings_is_no_list(body: str, path: str) -> None:
    article = f"<main><h1>Ferries for the summer</h1>{body}</main>"
    assert outcome(article, url=f"https://post.example/{path}") == "article"
