import { useEffect, useMemo, useState } from 'react'
import { featureSet } from '#core/attributes/feature-set.ts'
import type { FoundFeature } from '#core/contract/attribute-procedures.ts'
import { scaleOf } from '#core/map/look.ts'
import { roleInfo } from '#core/model/roles.ts'
import type { PlanId } from '#core/model/ids.ts'
import { useClient, useRead } from '../api/use-api.tsx'
import { useAttributes } from '../attributes/attribute-store.ts'
import { openFinding } from '../findings/use-finding-rows.ts'
import { goToBookmark } from '../layers/sights.ts'
import { showTheme } from '../layers/show-theme.ts'
import { planName } from '../format/plan-name.ts'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import type { OpenReview } from '../workbench/use-review.ts'
import type { SearchEntry } from './rank.ts'

const MOST_FEATURES = 12
const WAIT_MS = 180

/** Opens the desk of a plan if it is not open; what follows there happens once it is. */
export function onDesk(planId: PlanId, act: () => void): void {
  const { route, go } = useUi.getState()
  if (route.page !== 'plan' || route.planId !== planId) go({ page: 'plan', planId })
  useAttributes.getState().begin(planId)
  act()
}

/** Plans, and what is in the plan that is open: its items, findings and layers. */
export function useOwnEntries(planId: PlanId | null, review: OpenReview | null): SearchEntry[] {
  const { t, lang, say } = useWords()
  const plans = useRead('plans.list', {}).data
  const layers = useRead('attributes.layers', { planId: planId ?? ('' as PlanId) }, { enabled: planId !== null }).data
  const look = useRead('map.look', { planId: planId ?? ('' as PlanId) }, { enabled: planId !== null }).data
  return useMemo(() => {
    const ofPlans = (plans ?? []).map((plan): SearchEntry => ({
      id: `plan-${plan.id}`,
      group: 'plans',
      title: planName(plan, lang),
      more: [plan.name, plan.nameZh, plan.cityName].filter((word) => word !== null && word !== planName(plan, lang)).join(' · '),
      go: () => useUi.getState().go({ page: 'plan', planId: plan.id }),
    }))
    if (planId === null) return ofPlans
    const items = (review?.checklist.items ?? []).map((item): SearchEntry => ({
      id: `item-${item.id}`,
      group: 'items',
      title: `${item.id} ${say(item.title)}`,
      more: lang === 'zh' ? item.title.en : item.title.zh,
      go: () => onDesk(planId, () => useUi.getState().selectItem(item.id)),
    }))
    const findings = (review?.view.findings ?? []).map((finding): SearchEntry => ({
      id: `finding-${finding.id}`,
      group: 'findings',
      title: `${t('search.finding', { number: finding.number })} · ${finding.text}`,
      more: [finding.item, finding.action, finding.by].filter(Boolean).join(' · '),
      go: () => onDesk(planId, () => openFinding(finding)),
    }))
    const tables = (layers ?? []).map((layer): SearchEntry => ({
      id: `layer-${layer.id}`,
      group: 'layers',
      title: look?.names[layer.id] ?? say(layer.title),
      more: look?.names[layer.id] === undefined ? layer.name : `${say(layer.title)} · ${layer.name}`,
      go: () =>
        onDesk(planId, () => {
          useAttributes.getState().showLayer(layer.id)
          useAttributes.getState().open(true)
        }),
    }))
    const bookmarks = (look?.bookmarks ?? []).map((bookmark): SearchEntry => ({
      id: `bookmark-${bookmark.name}`,
      group: 'bookmarks',
      title: bookmark.name,
      more: `1:${Math.round(scaleOf(bookmark.metresPerPx))}`,
      go: () => onDesk(planId, () => goToBookmark(bookmark)),
    }))
    const themes = (look?.themes ?? []).map(({ name }): SearchEntry => ({
      id: `theme-${name}`,
      group: 'themes',
      title: name,
      more: t('layers.themesLabel'),
      go: () => onDesk(planId, () => showTheme(planId, name)),
    }))
    return [...ofPlans, ...bookmarks, ...themes, ...items, ...findings, ...tables]
  }, [plans, layers, look, planId, review, lang, say, t])
}

/** Features with the words in any of their attributes, once the person stops typing for a moment. */
export function useFoundFeatures(
  planId: PlanId | null,
  query: string,
): { entries: SearchEntry[]; busy: boolean; error: unknown } {
  const { say } = useWords()
  const names = useRead('map.look', { planId: planId ?? ('' as PlanId) }, { enabled: planId !== null }).data?.names
  const client = useClient()
  const text = query.trim()
  const [answer, setAnswer] = useState<{ text: string; found: readonly FoundFeature[]; error: unknown }>({
    text: '',
    found: [],
    error: null,
  })
  useEffect(() => {
    if (planId === null || text === '') return
    const asked = new AbortController()
    const timer = setTimeout(() => {
      client.call('attributes.search', { planId, text, limit: MOST_FEATURES }, { signal: asked.signal }).then(
        (found) => asked.signal.aborted || setAnswer({ text, found, error: null }),
        (error: unknown) => asked.signal.aborted || setAnswer({ text, found: [], error }),
      )
    }, WAIT_MS)
    return () => {
      clearTimeout(timer)
      asked.abort()
    }
  }, [client, planId, text])
  const isCurrent = answer.text === text && text !== ''
  const entries = useMemo(
    () =>
      planId === null || !isCurrent
        ? []
        : answer.found.map(({ layerId, role, fid, title, label, value }): SearchEntry => ({
            id: `feature-${layerId}-${fid}`,
            group: 'features',
            title,
            more: [names?.[layerId] ?? say(roleInfo(role).title), `${fid}`, value === title ? '' : `${say(label)} ${value}`]
              .filter(Boolean)
              .join(' · '),
            go: () =>
              onDesk(planId, () => {
                const { select, goToRow, zoomToSelection } = useAttributes.getState()
                select([{ layerId, features: featureSet([fid]) }], 'replace')
                goToRow(layerId, fid)
                zoomToSelection()
              }),
          })),
    [planId, isCurrent, answer, names, say],
  )
  return { entries, busy: planId !== null && text !== '' && !isCurrent, error: isCurrent ? answer.error : null }
}
