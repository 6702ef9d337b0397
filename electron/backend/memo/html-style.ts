import type { MemoStyle } from '#core/memo/memo-style.ts'

/** Style of the HTML memo: paper colours with AA contrast, readable at 400 %, printed on the same paper with the same margins as the PDF. */
export const htmlStyle = ({ page, marginsMm: { top, right, bottom, left } }: Pick<MemoStyle, 'page' | 'marginsMm'>): string =>
  `
@page{size:${page.widthMm}mm ${page.heightMm}mm;margin:${top}mm ${right}mm ${bottom}mm ${left}mm}
${LOOK}
@page folds-out{size:A3 landscape;margin:15mm}
@media print{.folds-out{page:folds-out}body{background:#fff}main,footer{padding:0}.page-break{break-after:page;border:0}tr,figure,.verdict{break-inside:avoid}}
`.trim()

const LOOK = `
:root{color-scheme:light}
body{margin:0;background:#f3f5f3;color:#1f2328;font:1rem/1.75 "Noto Serif SC","Songti SC",SimSun,serif}
main,footer{max-width:60rem;margin:0 auto;padding:2rem clamp(1rem,5vw,4rem);background:#fff}
footer{padding-top:1rem;padding-bottom:1rem;color:#57606a;font-size:.85rem}
header{border-block:2px solid #1b5e3a;padding:1.5rem 0;margin:1rem 0 2rem;text-align:center}
h1{font-size:1.7rem;line-height:1.4;margin:0}
h2,h3,.opinion,table,figcaption,dt{font-family:"Noto Sans SC","Microsoft YaHei",sans-serif}
h2{color:#1b5e3a;font-size:1.25rem;margin:2.2rem 0 .8rem}
h3{font-size:1.05rem;margin:1.6rem 0 .6rem}
.subtitle,.muted{color:#57606a}
code{font-size:.75rem;overflow-wrap:anywhere;color:#57606a}
.table{overflow-x:auto;margin:1rem 0}
.table:focus-visible,a:focus-visible{outline:3px solid #1b5e3a;outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:.85rem;line-height:1.55}
caption{text-align:left;font-weight:700;padding:.3rem 0}
th,td{border-bottom:1px solid #c9d3cc;padding:.45rem .55rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
thead th{background:#eaf1ec;border-block:2px solid #1b5e3a;white-space:nowrap}
tbody th{font-weight:400}
.right{text-align:right}.center{text-align:center}
dl div{display:flex;gap:1rem;padding:.2rem 0;flex-wrap:wrap}
dt{color:#57606a;min-width:8rem}dd{margin:0;flex:1;overflow-wrap:anywhere}
.verdict{border-left:.4rem solid;background:#f6f8f6;padding:.8rem 1.2rem;margin:1rem 0}
.verdict p{margin:.2rem 0}
.opinion{font-size:1.4rem;font-weight:700}
.good{border-color:#1b6b3a}.good .opinion{color:#1b6b3a}
.fair{border-color:#4f7a1d}.fair .opinion{color:#446a17}
.poor{border-color:#9a6700}.poor .opinion{color:#855800}
.bad{border-color:#b42318}.bad .opinion{color:#b42318}
.bars td:nth-child(2){width:40%}
.bar{display:block;height:.6rem;background:#dde3de;margin-top:.45rem}
.bar span{display:block;height:100%;background:#3c8d5a}
figure{margin:1.5rem 0}figure svg{width:100%;height:auto;border:0}figure img{max-width:100%;height:auto;border:1px solid #d0d7de}
figcaption{font-size:.9rem;text-align:center}
.page-break{border:0;border-top:1px solid #c9d3cc;margin:2rem 0}
a{color:#1b5e3a}
`.trim()
