model "{{ model }} {% set x = 1 %} {# gone"

field title: text
field `{{ field }}`: text

event `{% event %}`(`{# property`: text)

when title = "{{ title }}" add 1 because "{{ reason }}"
when title contains "{%" add 2
when `{{ field }}` = "it's \\ {{{#" add 4
when event `{% event %}` where `{# property` = "{{" add 8  # {{ comment
exclude when title = "{{ nobody }}" because "{{ excluded('it') }}"

`{{ hot }}` >= 10
`it's {% warm` >= 1

classify `{# class` {
  `{{`  when score >= 1
}

test "{{ name }} of {% a test" {
  given title = "{{ title }}", `{{ field }}` = "it's \\ {{{#"
  given event `{% event %}`(`{# property` = "{{") today
  expect score = 13
  expect band = `{{ hot }}`
}

test "{{ name }} of {% another" {
  given title = "{% raw %}"
  expect band = `it's {% warm`
}

test "{# nobody" {
  given title = "{{ nobody }}"
  expect excluded
}
