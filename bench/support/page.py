"""A screen as a static web page, for a browser in kiosk mode: what a plan would use instead."""
import html


def page_of(frame, painted_url):
    """A page with each node of a semantic frame where the program draws it. When it has been painted it asks for
    `painted_url`."""
    parts = []
    for node in frame["nodes"]:
        x, y, width, height = node["rect"]
        tag = "button" if node.get("interactive") else "div"
        parts.append(f'<{tag} style="left:{x}px;top:{y}px;width:{width}px;height:{height}px">'
                     f'{html.escape(node.get("label", ""))}</{tag}>')
    return ("<!doctype html><meta charset=utf-8><title>Kiosk</title><style>body{margin:0;background:#fff;"
            "font:28px Inter,sans-serif}div,button{position:absolute;overflow:hidden;font:inherit}"
            "button{border:2px solid #345;border-radius:12px;background:#eef}</style>" + "".join(parts) +
            "<script>requestAnimationFrame(()=>requestAnimationFrame(()=>{new Image().src='" + painted_url +
            "'}))</script>")
