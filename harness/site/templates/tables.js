// A table that is wider than the page scrolls by itself; who has no mouse must be able to come to it.
"use strict";
{
  const mend = () => {
    for (const wrap of document.querySelectorAll(".md-typeset__scrollwrap")) {
      if (wrap.scrollWidth <= wrap.clientWidth || wrap.hasAttribute("tabindex")) continue;
      wrap.tabIndex = 0;
      wrap.setAttribute("role", "group");
      wrap.setAttribute("aria-label", "A table that scrolls sideways");
    }
  };
  new MutationObserver(mend).observe(document.body, {childList: true, subtree: true}); // Material wraps them late
  addEventListener("resize", mend);
  mend();
}
