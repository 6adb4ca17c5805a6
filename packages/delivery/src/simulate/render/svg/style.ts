/** Light, and dark where the reader prefers that; no font is fetched. */
export const STYLE = `
.frame{--back:#ffffff;--ink:#1f2328;--faint:#656d76;--line:#d0d7de;--new:#0969da;--old:#8c959f;--other:#8250df;--pause:#bf8700;--good:#1a7f37;--bad:#cf222e;--step:#eaeef2}
@media (prefers-color-scheme:dark){.frame{--back:#0d1117;--ink:#e6edf3;--faint:#9198a1;--line:#30363d;--new:#58a6ff;--old:#848d97;--other:#bc8cff;--pause:#d29922;--good:#3fb950;--bad:#f85149;--step:#21262d}}
.frame text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:var(--ink)}
.frame .heading{font-size:16px;font-weight:600}
.frame .faint{fill:var(--faint);font-size:11px}
.back{fill:var(--back)}
.grid{stroke:var(--line);stroke-width:1}
.tick{stroke:var(--line);stroke-width:1;stroke-dasharray:2 3}
.share{fill:var(--new);fill-opacity:.22}
.edge{fill:none;stroke:var(--new);stroke-width:2}
.old{fill:none;stroke:var(--old);stroke-width:2}
.new{fill:none;stroke:var(--new);stroke-width:2}
.other{fill:none;stroke:var(--other);stroke-width:2;stroke-dasharray:5 3}
.pause{fill:var(--pause);fill-opacity:.14}
.step{fill:var(--step)}
.key-old{fill:var(--old)}.key-new{fill:var(--new)}.key-other{fill:var(--other)}.key-pause{fill:var(--pause);fill-opacity:.35}
.analysis{fill:var(--faint);fill-opacity:.25}
.Successful{fill:var(--good);fill-opacity:.3}
.Failed,.Error{fill:var(--bad);fill-opacity:.4}
.Inconclusive{fill:var(--pause);fill-opacity:.4}
.frame .bar{font-size:11px}
.promoted{stroke:var(--good);stroke-width:1.5}
.aborted,.degraded{stroke:var(--bad);stroke-width:1.5}
.person{fill:var(--ink)}
.frame .good{fill:var(--good);font-weight:600}
.frame .bad{fill:var(--bad);font-weight:600}
`;
