/* <import-progress data-from="..."> follows work on a file as it goes; at its end the page is loaded anew. */
customElements.define(
  'import-progress',
  class extends HTMLElement {
    connectedCallback() {
      const source = new EventSource(this.dataset.from)
      const [bar, words] = this.querySelectorAll('progress, [data-words]')
      source.onmessage = ({ data }) => {
        const { done, total, text, ended } = JSON.parse(data)
        bar.max = total
        bar.value = done
        words.textContent = text
        if (ended) {
          source.close()
          location.reload()
        }
      }
    }
  },
)
