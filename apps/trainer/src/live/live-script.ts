/** What the live page does: shows each state that it is told of, and says when there will be no more. */
export const SCRIPT = `
const state = document.getElementById('state')
const notice = document.getElementById('notice')
const say = (words) => { notice.textContent = words; notice.hidden = words === '' }
const source = new EventSource('events')
source.addEventListener('open', () => say(''))
source.addEventListener('state', (event) => {
  const { title, content } = JSON.parse(event.data)
  document.title = title
  state.innerHTML = content
})
source.addEventListener('end', (event) => { source.close(); say(JSON.parse(event.data)) })
source.addEventListener('error', () => {
  if (source.readyState === EventSource.CLOSED) say('This run is no longer there.')
  else say('The connection is lost. Trying again …')
})
`
