import { FilterX } from 'lucide-react'
import { useState } from 'react'
import { withLayer } from '#core/map/layer-tree.ts'
import type { AttributeLayer } from '#core/contract/attribute-procedures.ts'
import { useAttributes } from '../attributes/attribute-store.ts'
import { useProblem } from '../attributes/filter-form.tsx'
import { useWords } from '../i18n/use-words.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { TextField } from '../ui/fields.tsx'
import { useLookStore } from '../workbench/look-store.ts'

/** Which features of a layer are drawn: the same words as in the attribute table, read by the same rules; a mistake is named with its place. */
export function LayerFilter({ layer, where }: { layer: AttributeLayer; where: string | undefined }) {
  const { t } = useWords()
  const [text, setText] = useState(where ?? '')
  const [shown, setShown] = useState(where)
  const [problem, setProblem] = useState<string | null>(null)
  const problemOf = useProblem(layer)
  const ofTable = useAttributes((state) => (state.layerId === layer.id ? state.where : ''))
  // Something else set the filter: a theme, a reset, another window.
  if (shown !== where) {
    setShown(where)
    setText(where ?? '')
    setProblem(null)
  }
  const apply = (wished: string) => {
    const found = problemOf(wished)
    setText(wished)
    setProblem(found)
    if (found !== null) return
    const { look, change } = useLookStore.getState()
    const expression = wished.trim()
    change(withLayer(look, layer.id, { where: expression === '' ? undefined : expression }))
  }
  return (
    <form
      className="tree-filter"
      onSubmit={(event) => {
        event.preventDefault()
        apply(text)
      }}
    >
      <TextField
        label={t('layers.filter')}
        placeholder={t('attributes.filterHint')}
        value={text}
        onChange={(next) => {
          setText(next)
          if (problem !== null) setProblem(problemOf(next))
        }}
        error={problem}
      />
      <div className="row row-wrap">
        {text.trim() !== (where ?? '') && (
          <Button size="small" type="submit">
            {t('layers.filterApply')}
          </Button>
        )}
        {ofTable !== '' && ofTable !== where && (
          <Button size="small" onPress={() => apply(ofTable)}>
            {t('layers.filterFromTable')}
          </Button>
        )}
        {where !== undefined && (
          <IconButton size="small" label={t('layers.filterClear')} onPress={() => apply('')}>
            <FilterX className="icon" />
          </IconButton>
        )}
      </div>
    </form>
  )
}
