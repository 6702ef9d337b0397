import type { MapLayer } from '#core/contract/map-data.ts'
import { withOnly } from '#core/map/layer-tree.ts'
import { withNamed } from '#core/map/named.ts'
import { showsTheme, themeOf } from '#core/map/themes.ts'
import type { MapLook } from '#core/map/look.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import { useWords } from '../i18n/use-words.ts'
import { useMapPlace } from '../map/map-place.ts'
import { useToasts } from '../state/toasts.ts'
import { Segmented } from '../ui/segmented.tsx'
import { useLookStore } from '../workbench/look-store.ts'
import { ManageNamesDialog, NewNameDialog } from './name-dialogs.tsx'
import { NamedMenu } from './named-menu.tsx'
import { showTheme } from './show-theme.ts'
import { bookmarkOf, goToBookmark } from './sights.ts'
import { useTree } from './tree-store.ts'

interface ToolsProps {
  planId: PlanId
  layers: readonly MapLayer[]
  look: MapLook
  solo: LayerId | null
}

function Themes({ planId, layers, look, solo }: ToolsProps) {
  const { t } = useWords()
  const add = useToasts((state) => state.add)
  // What is looked at alone is what is seen, and so what is saved.
  const shown = solo === null ? look : withOnly(layers, look, solo)
  const current = new Set(look.themes.filter((theme) => showsTheme(layers, shown, theme)).map(({ name }) => name))
  return (
    <NamedMenu
      menu="themes"
      title={t('layers.themes')}
      label={t('layers.themesLabel')}
      names={look.themes.map(({ name }) => name)}
      current={current}
      none={t('layers.noThemes')}
      add={t('layers.saveTheme')}
      manage={t('layers.manageThemes')}
      onChoose={(name) => {
        showTheme(planId, name)
        add({ tone: 'done', text: t('layers.themeShown', { name }) })
      }}
      onAdd={() => useTree.setState({ dialog: 'saveTheme' })}
      onManage={() => useTree.setState({ dialog: 'themes' })}
    />
  )
}

function Bookmarks({ look }: Pick<ToolsProps, 'look'>) {
  const { t } = useWords()
  return (
    <NamedMenu
      menu="bookmarks"
      title={t('layers.bookmarks')}
      label={t('layers.bookmarksLabel')}
      names={look.bookmarks.map(({ name }) => name)}
      current={new Set()}
      none={t('layers.noBookmarks')}
      add={t('layers.addBookmark')}
      manage={t('layers.manageBookmarks')}
      onChoose={(name) => {
        const bookmark = look.bookmarks.find((one) => one.name === name)
        if (bookmark) goToBookmark(bookmark)
      }}
      onAdd={() => useTree.setState({ dialog: 'addBookmark' })}
      onManage={() => useTree.setState({ dialog: 'bookmarks' })}
    />
  )
}

function Dialogs({ layers, look, solo }: ToolsProps) {
  const { t } = useWords()
  const dialog = useTree((state) => state.dialog)
  const change = useLookStore((state) => state.change)
  const sight = useMapPlace((state) => state.sight)
  const onClose = () => useTree.setState({ dialog: null })
  if (dialog === 'themes')
    return (
      <ManageNamesDialog
        title={t('layers.manageThemes')}
        list={look.themes}
        onSave={(themes) => change({ themes })}
        onClose={onClose}
      />
    )
  if (dialog === 'bookmarks')
    return (
      <ManageNamesDialog
        title={t('layers.manageBookmarks')}
        list={look.bookmarks}
        onSave={(bookmarks) => change({ bookmarks })}
        onClose={onClose}
      />
    )
  if (dialog === 'saveTheme')
    return (
      <NewNameDialog
        title={t('layers.themeTitle')}
        text={t('layers.themeText')}
        usual={t('layers.themeUsual')}
        list={look.themes}
        onSave={(name) => {
          const shown = solo === null ? look : withOnly(layers, look, solo)
          change({ themes: withNamed(look.themes, themeOf(layers, shown, name)) })
        }}
        onClose={onClose}
      />
    )
  if (dialog === 'addBookmark' && sight !== null)
    return (
      <NewNameDialog
        title={t('layers.bookmarkTitle')}
        text={t('layers.bookmarkText')}
        usual={t('layers.bookmarkUsual')}
        list={look.bookmarks}
        onSave={(name) => change({ bookmarks: withNamed(look.bookmarks, bookmarkOf(name, sight)) })}
        onClose={onClose}
      />
    )
  return null
}

/** Above the tree: themes, bookmarks, and whether legends list all or what is in sight. */
export function PanelTools(props: ToolsProps) {
  const { t } = useWords()
  const change = useLookStore((state) => state.change)
  return (
    <div className="tree-tools">
      <Themes {...props} />
      <Bookmarks look={props.look} />
      <div className="tree-legend-choice">
        <span className="quiet" aria-hidden>
          {t('layers.legend')}
        </span>
        <Segmented
          label={t('layers.legend')}
          value={props.look.seenOnly ? 'seen' : 'all'}
          segments={[
            { id: 'all', label: t('layers.legendAll'), name: t('layers.legendAllName') },
            { id: 'seen', label: t('layers.legendSeen'), name: t('layers.legendSeenName') },
          ]}
          onChange={(which) => change({ seenOnly: which === 'seen' })}
        />
      </div>
      <Dialogs {...props} />
    </div>
  )
}
