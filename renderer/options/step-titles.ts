import type { RoleField } from '#core/model/roles.ts'
import { landClass } from '#core/reference/land-class-list.ts'
import { bilingual, type Bilingual } from '#core/text.ts'

const things = (count: number, of: Bilingual): Bilingual => bilingual(`${of.zh} ${count} 处`, `${count} × ${of.en}`)

const joined = (zh: string, en: string): Bilingual => bilingual(zh.slice(0, 200), en.slice(0, 200))

/** What steps are called in the option and in the history. */
export const stepTitles = {
  recode: (count: number, layer: Bilingual, code: string): Bilingual => {
    const name = landClass(code)
    const of = things(count, layer)
    return joined(`${of.zh}改为 ${code} ${name?.zh ?? ''}`.trim(), `${of.en} to ${code} ${name?.en ?? ''}`.trim())
  },
  setAttribute: (count: number, layer: Bilingual, field: RoleField, value: string): Bilingual => {
    const of = things(count, layer)
    return joined(`${of.zh}：${field.title.zh}设为 ${value}`, `${of.en}: ${field.title.en} set to ${value}`)
  },
  remove: (count: number, layer: Bilingual): Bilingual => {
    const of = things(count, layer)
    return joined(`删除${of.zh}`, `Delete ${of.en}`)
  },
  reshape: (layer: Bilingual, name: Bilingual): Bilingual =>
    joined(`调整${layer.zh}${name.zh}的边界`, `Reshape ${layer.en} ${name.en}`),
  draw: (role: Bilingual, name: string): Bilingual =>
    joined(`绘制${role.zh}${name === '' ? '' : `“${name}”`}`, `Draw ${role.en}${name === '' ? '' : ` “${name}”`}`),
}
