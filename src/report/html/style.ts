/** The page's only style: no file, no font and no image is fetched. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #fff; --panel: #f6f7f9; --line: #d5d9e0; --text: #1b1f27; --faint: #565e6c;
  --link: #0b57b5; --error: #a8121c; --error-bg: #fdecec; --warn: #7a4a00; --warn-bg: #fff3dc;
  --good: #14653a; --good-bg: #e5f5ec; --mark: #ffe2a8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171c; --panel: #1c2027; --line: #3a414d; --text: #e6e9ef; --faint: #a5adba;
    --link: #86b8ff; --error: #ff9a9a; --error-bg: #3c1a1d; --warn: #ffcb70; --warn-bg: #392a10;
    --good: #82dba6; --good-bg: #153122; --mark: #5c4500;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 3rem) 4rem; max-width: 76rem;
  background: var(--page); color: var(--text);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
}
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.3rem; margin: 2.75rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.08rem; margin: 1.75rem 0 .6rem; overflow-wrap: anywhere; }
h4 { font-size: 1rem; margin: 0; font-weight: 600; overflow-wrap: anywhere; }
p { margin: .4rem 0; max-width: 75ch; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
code, pre { font: .86rem/1.5 ui-monospace, "SF Mono", Consolas, "Liberation Mono", monospace; }
code { overflow-wrap: anywhere; }
pre { margin: .6rem 0; padding: .6rem .8rem; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; overflow-x: auto; }
mark { background: var(--mark); color: inherit; border-radius: 2px; }
.said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -100vw; }
.skip:focus { position: static; }
.law, .faint { color: var(--faint); }
.nature { border-left: 4px solid var(--link); background: var(--panel); padding: .7rem 1rem; border-radius: 0 6px 6px 0; max-width: none; }
nav ul { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; padding: 0; list-style: none; }
.counts { display: grid; grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); gap: .7rem; padding: 0; margin: 1rem 0; list-style: none; }
.counts li { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: .5rem .8rem; color: var(--faint); }
.counts b { display: block; font-size: 1.5rem; line-height: 1.2; color: var(--text); font-variant-numeric: tabular-nums; }
.scroll { position: relative; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .93rem; }
caption { text-align: left; color: var(--faint); padding-bottom: .3rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
thead th { border-bottom-width: 2px; overflow-wrap: normal; white-space: nowrap; }
tbody th { font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.articles td:nth-child(2) { min-width: 16rem; }
.articles td:nth-child(3) { white-space: nowrap; }
.badge { display: inline-block; border: 1px solid currentColor; border-radius: 999px; padding: 0 .6em; font-size: .84rem; white-space: nowrap; }
.error, .violated, .left { color: var(--error); background: var(--error-bg); }
.warn, .undetermined { color: var(--warn); background: var(--warn-bg); }
.no-violation-found, .reached { color: var(--good); background: var(--good-bg); }
.matrix td { text-align: center; background: none; }
.matrix thead th { vertical-align: bottom; font-size: .85rem; white-space: normal; }
.matrix .none { color: var(--faint); }
ul.plain { margin: 0; padding: 0; list-style: none; }
ul.plain li + li { margin-top: .15rem; }
.finding { border: 1px solid var(--line); border-left: 4px solid var(--warn); border-radius: 6px; padding: .8rem 1rem; margin: .9rem 0; }
.finding.is-error { border-left-color: var(--error); background: none; }
.finding header { display: flex; flex-wrap: wrap; gap: .3rem .7rem; align-items: baseline; margin-bottom: .3rem; }
.finding dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem .9rem; margin: .6rem 0 0; }
.finding dt { color: var(--faint); }
.finding p, .finding dd { overflow-wrap: anywhere; }
.finding dd { margin: 0; max-width: 75ch; }
details { margin: .5rem 0; }
summary { cursor: pointer; }
ol.steps { padding-left: 1.6rem; margin: .5rem 0; }
ol.steps li { margin: .35rem 0; }
ol.steps code { display: block; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: .8rem; color: var(--faint); }
@media (max-width: 40rem) { .finding dl { grid-template-columns: minmax(0, 1fr); } .finding dd { margin-bottom: .4rem; } }
@media (max-width: 40rem) {
  .articles thead { position: absolute; clip-path: inset(50%); }
  .articles tr { display: grid; grid-template-columns: 3rem minmax(0, 1fr) max-content; border-bottom: 1px solid var(--line); padding: .4rem 0; }
  .articles th, .articles td { border: 0; padding: .2rem .4rem; }
  .articles td:nth-child(2) { min-width: 0; }
  .articles td:nth-child(4) { display: none; }
  .articles td:nth-child(5) { grid-column: 1 / -1; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, .skip { display: none; }
  .finding, tr { break-inside: avoid; }
}
`;
