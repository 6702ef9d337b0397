import type { Bilingual } from '#core/text.ts'

/** What the parts of a checklist file are called. */
const PARTS: Readonly<Record<string, Bilingual>> = {
  title: { zh: '名称', en: 'title' },
  description: { zh: '说明', en: 'description' },
  question: { zh: '问题', en: 'question' },
  formula: { zh: '计算方法', en: 'formula' },
  weight: { zh: '权重', en: 'weight' },
  gate: { zh: '一票否决', en: 'gate' },
  unit: { zh: '单位', en: 'unit' },
  dimension: { zh: '维度', en: 'dimension' },
  dimensionOrder: { zh: '维度次序', en: 'order of dimensions' },
  evidence: { zh: '证据类型', en: 'evidence' },
  rule: { zh: '评级规则', en: 'rule' },
  tests: { zh: '验证用例', en: 'test cases' },
  needs: { zh: '所需资料', en: 'data needed' },
  seed: { zh: '文章编号', en: 'article rows' },
  id: { zh: '编号', en: 'id' },
  'applies.cities': { zh: '适用城市', en: 'kinds of city' },
  'applies.planLevels': { zh: '适用规划层级', en: 'levels of plan' },
  gateOpinion: { zh: '否决时的结论', en: 'opinion of a failed gate' },
  notJudged: { zh: '评定不足时的说法', en: 'when too little is judged' },
}
const INSIDE: Readonly<Record<string, Bilingual>> = {
  text: { zh: '标准', en: 'text' },
  source: { zh: '出处', en: 'source' },
  certainty: { zh: '可靠程度', en: 'certainty' },
  title: { zh: '名称', en: 'title' },
  weight: { zh: '权重', en: 'weight' },
  min: { zh: '起始分', en: 'from' },
}

const joined = (a: Bilingual, b: Bilingual | undefined): Bilingual =>
  b === undefined ? a : { zh: `${a.zh}${b.zh}`, en: `${a.en}, ${b.en}` }

/** A place in a checklist file in words: "3 级出处（英文）" for `levels[3].source.en`. */
export function placeWords(path: string): Bilingual {
  const [, body = path, lang] = /^(.*?)(?:\.(zh|en))?$/.exec(path) ?? []
  const tongue = { zh: { zh: '（中文）', en: 'Chinese' }, en: { zh: '（英文）', en: 'English' } }[lang ?? '']
  return joined(named(body), tongue)
}

function named(body: string): Bilingual {
  const [, dimension, of = ''] = /^dimensions\.([^.]+)\.?(.*)$/.exec(body) ?? []
  if (dimension !== undefined) return joined({ zh: `维度 ${dimension} `, en: `dimension ${dimension}` }, INSIDE[of])
  const [, list, at = '0', inside = ''] = /^(levels|opinions|rule\.edges|rule\.cases|tests)\[(\d+)\]\.?(.*)$/.exec(body) ?? []
  const part = INSIDE[inside.split('.')[0] ?? '']
  const place = Number(at) + 1
  switch (list) {
    case 'levels':
      return joined({ zh: `${at} 级`, en: `level ${at}` }, part)
    case 'opinions':
      return joined({ zh: `第 ${place} 档结论`, en: `opinion ${place}` }, part)
    case 'rule.edges':
      return { zh: `${place} 级分界值`, en: `edge of level ${place}` }
    case 'rule.cases':
      return { zh: `评级规则的情形 ${place}`, en: `case ${place} of the rule` }
    case 'tests':
      return { zh: `验证用例 ${place}`, en: `test case ${place}` }
    default:
      return PARTS[body.replace(/\[.*$/, '')] ?? PARTS[body.split(/[.[]/)[0] ?? ''] ?? { zh: body, en: body }
  }
}

const MOST_LETTERS = 60

/** A value of the file in a few letters; of what is too long to read, only that it is there. */
export function valueWords(value: unknown): Bilingual {
  if (value === null || value === undefined) return { zh: '无', en: 'none' }
  if (value === true) return { zh: '是', en: 'yes' }
  if (value === false) return { zh: '否', en: 'no' }
  if (Array.isArray(value)) {
    const plain = value.every((one) => typeof one === 'string' || typeof one === 'number')
    return plain ? { zh: value.join('、'), en: value.join(', ') } : { zh: `${value.length} 条`, en: `${value.length} rows` }
  }
  if (typeof value !== 'string' && typeof value !== 'number') return { zh: '已给出', en: 'given' }
  const letters = Array.from(String(value))
  const text = letters.length <= MOST_LETTERS ? letters.join('') : `${letters.slice(0, MOST_LETTERS - 1).join('')}…`
  return { zh: text, en: text }
}
