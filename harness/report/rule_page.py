def render_rule_page(a): return ''
render_json=render_html=render_markdown=rule_page=lambda *a:''
