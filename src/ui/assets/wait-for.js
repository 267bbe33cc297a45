/* <wait-for data-from="..."> listens until something has happened elsewhere; then the page is loaded anew, or, where a
   form made it, the one at data-to. While something typed would be lost by that, it says what is in it instead, and waits. */
const isTyped = () =>
  [...document.querySelectorAll('main form')].some((form) =>
    [...form.elements].some(
      ({ value, defaultValue = value, checked, defaultChecked }) =>
        value !== defaultValue || checked !== defaultChecked,
    ),
  )

customElements.define(
  'wait-for',
  class extends HTMLElement {
    connectedCallback() {
      this.source = new EventSource(this.dataset.from)
      this.source.onmessage = ({ data }) => {
        if (!JSON.parse(data).ended) return
        this.source.close()
        this.timer = setInterval(() => this.goOn(), 500)
        this.goOn()
      }
    }
    goOn() {
      const { to } = this.dataset
      if (!to && isTyped()) {
        this.hidden = false
        return
      }
      clearInterval(this.timer)
      if (to) location.replace(to)
      else location.reload()
    }
    disconnectedCallback() {
      this.source.close()
      clearInterval(this.timer)
    }
  },
)
