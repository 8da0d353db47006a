import { createServer } from 'node:http'
import { readModel } from '@gosa/networks/node'

const model = await readModel('gosa-runs/fruit/model.safetensors')
const server = createServer(async (request, response) => {
  let body = ''
  for await (const part of request) body += part
  try {
    response.end(`${JSON.stringify(model.predict(JSON.parse(body)))}\n`)
  } catch (error) {
    response.writeHead(400).end(`${error.message}\n`)
  }
})
server.listen(Number(process.argv[2] ?? 8080), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/`)
})
