"""Parts of public addresses."""


class CategoryConverter:
    """The code of a category of visa, such as tv."""

    regex = "[A-Za-z]{2}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PageConverter:
    """The path of a page kept by staff, such as citizens/lost-passport."""

    regex = "(?!api/)[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*"  # /api/ has no language

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
