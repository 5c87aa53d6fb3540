def render_as_json(a): return ''
render_json=render_html=render_markdown=rule_page=lambda *a:''
