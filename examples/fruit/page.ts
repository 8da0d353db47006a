import { loadModel } from '@gosa/networks'

const file = await fetch('model.safetensors')
const model = loadModel(new Uint8Array(await file.arrayBuffer()))
const form = document.querySelector('form') as HTMLFormElement
const answer = document.querySelector('output') as HTMLOutputElement

function show(): void {
  const fields = new FormData(form)
  const row = Object.fromEntries([...fields].map(([name, value]) => [name, String(value)]))
  try {
    const { class: kind = '', probabilities } = model.predict(row)
    answer.value = `${kind} (${Math.round(100 * (probabilities?.[kind] ?? 0))} %)`
  } catch (error) {
    answer.value = (error as Error).message
  }
}

form.oninput = show
show()
