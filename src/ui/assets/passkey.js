/*
 * <pass-key data-options data-submit data-next> around a button: asks the server for a question, has the
 * browser's passkey sign it (WebAuthn), sends the answer, goes to the next page. Hidden where the browser
 * has no passkeys; every job has another way.
 */
customElements.define(
  'pass-key',
  class extends HTMLElement {
    connectedCallback() {
      if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) return
      this.hidden = false
      this.querySelector('button').onclick = () => this.run()
    }

    async run() {
      const { options, submit, next, failed } = this.dataset
      const say = this.querySelector('[role=alert]')
      say.textContent = ''
      try {
        const { create, get } = await post(options)
        const credential = create
          ? await navigator.credentials.create({
              publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(create),
            })
          : await navigator.credentials.get({
              publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(get),
            })
        await post(submit, credential.toJSON())
        location = next
      } catch (error) {
        // The person closed the browser's question: nothing went wrong.
        if (error.name != 'NotAllowedError' && error.name != 'AbortError') say.textContent = failed
      }
    }
  },
)

async function post(url, body = {}) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(answer.status)
  return answer.json()
}
