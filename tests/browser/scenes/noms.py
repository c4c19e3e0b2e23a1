"""A name that would do harm if it were ever read as markup."""

HOSTILE = (
    "<img src=x onerror=\"window.parent.document.title='vole'\"> {{ 7*7 }} </script><script>alert(1)</script> l_accent"
)
