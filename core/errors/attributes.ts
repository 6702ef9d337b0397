import type { Wanted } from '../attributes/expression.ts'
import { message, type MessageTable } from './message.ts'

const WANTED_ZH: Record<Wanted, string> = {
  field: '一个字段名',
  operator: '比较符（=、<>、<、>、包含、属于、介于、为空 等）',
  value: '一个值',
  list: '括号中的取值列表，如 (1, 2)',
  and: '“AND”（和）与第二个值',
  closing: '右括号“)”',
  joining: '“AND”（且）、“OR”（或）或表达式结束',
}
const WANTED_EN: Record<Wanted, string> = {
  field: 'the name of a field',
  operator: 'a comparison (=, <>, <, >, CONTAINS, IN, BETWEEN, IS NULL …)',
  value: 'a value',
  list: 'a list in brackets, such as (1, 2)',
  and: '“AND” and a second value',
  closing: 'a closing bracket “)”',
  joining: '“AND”, “OR” or the end',
}
const foundZh = (found: string) => (found === '' ? '表达式已结束' : `却是“${found}”`)
const foundEn = (found: string) => (found === '' ? 'the filter ends there' : `“${found}” stands there`)

/** Failures of filters, tables and selections of a layer's features. */
export const attributeMessages = {
  'attributes.unreadable': (p: { at: number; found: string }) =>
    message(
      ['筛选表达式无法识别', `第 ${p.at} 个字符“${p.found}”不能出现在这里。`, '请删除该字符；文字的值要放在引号内。'],
      [
        'The filter cannot be read',
        `Character ${p.at}, “${p.found}”, has no meaning there.`,
        'Remove it; values that are text stand in quotes.',
      ],
    ),
  'attributes.open-quote': (p: { at: number }) =>
    message(
      ['引号没有配对', `第 ${p.at} 个字符处的引号没有结束。`, '请在值的后面补上引号。'],
      ['A quote is left open', `The quote at character ${p.at} is never closed.`, 'Add the closing quote after the value.'],
    ),
  'attributes.expected': (p: { wanted: Wanted; found: string; at: number }) =>
    message(
      [
        '筛选表达式不完整',
        `第 ${p.at} 个字符处应为${WANTED_ZH[p.wanted]}，${foundZh(p.found)}。`,
        "写法示例：class = '0701' 且 area > 2 公顷。词与词之间请留空格。",
      ],
      [
        'The filter is not complete',
        `At character ${p.at} ${WANTED_EN[p.wanted]} is expected, but ${foundEn(p.found)}.`,
        "Write it like this: class = '0701' AND area > 2 ha.",
      ],
    ),
  'attributes.unknown-field': (p: { field: string; near: string | null }) =>
    message(
      [
        '没有这个字段',
        `图层中没有名为“${p.field}”的字段。`,
        p.near === null ? '请从字段列表中选择；名称含空格或符号时请加引号。' : `是否要写“${p.near}”？`,
      ],
      [
        'There is no such field',
        `The layer has no field “${p.field}”.`,
        p.near === null
          ? 'Choose one from the list of fields; a name with blanks or signs stands in quotes.'
          : `Did you mean “${p.near}”?`,
      ],
    ),
  'attributes.unquoted': (p: { field: string; found: string }) =>
    message(
      ['文字的值要加引号', `字段“${p.field}”是文字，“${p.found}”没有加引号。`, `请写成 '${p.found}'。`],
      ['Text stands in quotes', `The field “${p.field}” holds text, and “${p.found}” has no quotes.`, `Write '${p.found}'.`],
    ),
  'attributes.not-a-number': (p: { field: string; found: string }) =>
    message(
      ['这里应为数字', `字段“${p.field}”是数字，“${p.found}”不是。`, '请写数字，小数点用“.”，不要写千位分隔符。'],
      [
        'A number is expected',
        `The field “${p.field}” holds numbers, and “${p.found}” is none.`,
        'Write a number with a point and without separators of thousands.',
      ],
    ),
  'attributes.not-yes-no': (p: { field: string; found: string }) =>
    message(
      ['这里应为“是”或“否”', `字段“${p.field}”是是非值，“${p.found}”不是。`, '请写 是 或 否（true、false）。'],
      ['Yes or no is expected', `The field “${p.field}” holds yes or no, and “${p.found}” is neither.`, 'Write true or false.'],
    ),
  'attributes.not-text': (p: { field: string }) =>
    message(
      ['该字段不是文字', `字段“${p.field}”是数字，不能用“包含”或 LIKE。`, '请改用 =、<、> 或 介于（BETWEEN）。'],
      [
        'The field holds no text',
        `The field “${p.field}” holds figures; CONTAINS and LIKE are for text.`,
        'Use =, <, > or BETWEEN.',
      ],
    ),
  'attributes.wrong-unit': (p: { field: string; unit: string }) =>
    message(
      [
        '单位不适用',
        `字段“${p.field}”不能用单位“${p.unit}”。`,
        '面积用 m²、公顷（ha）、亩、km²，长度用 m、km；其他字段不写单位。',
      ],
      [
        'The unit does not fit',
        `“${p.unit}” is no unit of the field “${p.field}”.`,
        'Areas take m², ha, mu or km², lengths m or km; other fields take none.',
      ],
    ),
  'attributes.too-deep': (p: { most: number }) =>
    message(
      ['括号层数过多', `表达式的嵌套超过 ${p.most} 层。`, '请化简表达式，或分两次选择。'],
      ['Too many brackets', `The filter is nested more than ${p.most} levels deep.`, 'Make it simpler, or select in two steps.'],
    ),
  'attributes.too-many-rows': (p: { count: number; most: number }) =>
    message(
      [
        '工作簿放不下这么多行',
        `符合条件的有 ${p.count} 行，工作簿最多 ${p.most} 行。`,
        '请改存为 CSV 或 GeoPackage，或增加筛选条件。',
      ],
      [
        'Too many rows for a workbook',
        `${p.count} rows match; a workbook takes at most ${p.most}.`,
        'Save as CSV or GeoPackage, or add a condition.',
      ],
    ),
} satisfies MessageTable
