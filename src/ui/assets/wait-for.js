/* <wait-for data-from="..."> listens until something has happened elsewhere; then the page is loaded anew, or, where a
   form made it, the one at data-to. */
customElements.define(
  'wait-for',
  class extends HTMLElement {
    connectedCallback() {
      this.source = new EventSource(this.dataset.from)
      this.source.onmessage = ({ data }) => {
        if (!JSON.parse(data).ended) return
        this.source.close()
        if (this.dataset.to) location.replace(this.dataset.to)
        else location.reload()
      }
    }
    disconnectedCallback() {
      this.source.close()
    }
  },
)
