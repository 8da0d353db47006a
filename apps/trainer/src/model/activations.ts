export { ACTIVATIONS, type Activation } from '@gosa/networks'
