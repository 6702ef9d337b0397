/** Texts that other programs have taken for markup, code, paths or formulas: for tests that show them as what they are, text. */
export const POLYGLOTS: readonly string[] = [
  '<img src=x onerror=alert(1)>',
  '<script>window.__pwn=1</script>',
  '"><svg onload=alert(1)>',
  "'><iframe srcdoc='<script>1</script>'>",
  '<a href="javascript:alert(1)">规划</a>',
  // oxlint-disable-next-line no-script-url -- a test text that must stay text
  'javascript:/*--></title></style></textarea></script><svg/onload=alert(1)>',
  '</text></svg><script>1</script>',
  '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>&x;',
  '<?xml-stylesheet href="http://127.0.0.1/a.css"?>',
  ']]><![CDATA[<b>x</b>',
  '&lt;b&gt;已转义&lt;/b&gt; &amp;amp; &#60;',
  'url(http://127.0.0.1/a.png)',
  'fill="url(#x)" style="background:url(x)"',
  '<use xlink:href="http://127.0.0.1/a.svg#x"/>',
  '=HYPERLINK("http://127.0.0.1","x")',
  '{{constructor.constructor("alert(1)")()}} ${7*7} <%= 7 %>',
  "Robert'); DROP TABLE plans;--",
  '../../../../etc/passwd\\..\\windows',
  '__proto__.polluted onload=1 onclick = 2',
  '(/JS (app.alert(1))) /URI (http://127.0.0.1)',
]
