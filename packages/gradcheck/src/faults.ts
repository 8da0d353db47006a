/** `@gosa/gradcheck/faults`: fault injection, to test whether a gradient check notices every standard fault. */

export { injectLayerFaults, injectLossFaults, injectNetworkFaults } from './fault-injection/inject.ts'
export type { PlantedFault } from './fault-injection/planted-fault.ts'
