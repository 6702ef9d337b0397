import { loadGeos } from '#core/geo/geos.ts'
import { measureOnThreads } from '#backend/analysis/indicator-threads.ts'
import { loadCity, taken } from './review-load.ts'

/* Measures one city as the application does, on a thread for each core; prints what it took as JSON. */
const [folder = ''] = process.argv.slice(2)
const { plan, layers, parameters } = loadCity(folder)
const geos = await loadGeos()
const quiet = () => undefined
const figures = await taken(() => measureOnThreads(plan, layers, geos, { parameters, tables: quiet, indicators: quiet }))
console.log(JSON.stringify(figures))
