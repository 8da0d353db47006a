/** `@gosa/formats`: tensors as bytes of the formats that other programs read, and back. */

export { concatBytes, littleEndianBytes } from './bytes.ts'
export { decodeOnnx } from './decode-onnx.ts'
export { FormatError } from './errors.ts'
export { decodeNpy, encodeNpy, type NpyArray, NpyError, type ShapedArray } from './npy.ts'
export { decodeNpz, encodeNpz, readNpzNames } from './npz.ts'
export { encodeOnnx, type OnnxLayers, type OnnxNetwork } from './onnx.ts'
export {
  decodeSafetensors,
  encodeSafetensors,
  type OtherTensor,
  readSafetensorsHeader,
  SafetensorsError,
} from './safetensors.ts'
export { ZipError } from './zip.ts'
