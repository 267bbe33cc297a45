/* <wait-for data-from="..."> listens until something has happened elsewhere; then the page is loaded anew, or, where a
   form made it, the one at data-to. What the reader has begun to type is not thrown away: where there is a hidden element
   inside, it is shown instead, and leads on. */
customElements.define(
  'wait-for',
  class extends HTMLElement {
    connectedCallback() {
      this.typing = () => (this.hasTyped = true)
      document.addEventListener('input', this.typing)
      this.source = new EventSource(this.dataset.from)
      this.source.onmessage = ({ data }) => {
        if (!JSON.parse(data).ended) return
        this.source.close()
        const news = this.querySelector('[hidden]')
        if (news && this.hasTyped) this.tell(news)
        else if (this.dataset.to) location.replace(this.dataset.to)
        else location.reload()
      }
    }
    tell(news) {
      news.hidden = false
      news.setAttribute('role', 'status')
    }
    disconnectedCallback() {
      this.source.close()
      document.removeEventListener('input', this.typing)
    }
  },
)
