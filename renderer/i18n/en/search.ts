import type { Same } from '../same.ts'
import type * as zh from '../zh/search.ts'

export const search: Same<typeof zh.search> = {
  open: 'Search',
  title: 'Search everything',
  placeholder: 'Features, items, findings, commands, plans …',
  group_commands: 'Commands',
  group_places: 'Go to',
  group_items: 'Checklist items',
  group_findings: 'Findings',
  group_layers: 'Attribute table of a layer',
  group_plans: 'Plans',
  group_features: 'Features',
  nothing: 'Nothing found for “{{query}}”',
  nothingHint: 'Try a shorter word, or a number, name or land-use code of a feature.',
  begin: 'Type to begin; up and down choose, Enter goes there, Esc closes.',
  searching: 'Looking through the features …',
  found_one: '{{count}} result',
  found_other: '{{count}} results',
  finding: 'Finding {{number}}',
  catalogue: 'Plans of the catalogue',
  review: 'Review desk',
  light: 'Light appearance',
  dark: 'Dark appearance',
  contrast: 'High-contrast appearance',
  chinese: 'Language: Chinese',
  english: 'Language: English',
}
