// Every benchmark, one after the other: `npm run bench`. Each prints ratios measured in this run and gates nothing.
import './overlay.ts'
import './columns.ts'
import './tiles.ts'
import './import.ts'
import './compare.ts'
import './zonal.ts'
import './network.ts'
import './review.ts'
