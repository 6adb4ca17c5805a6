// Says what the libraries of the reference make of expressions and paths.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"reflect"
	"strconv"
	"strings"

	"github.com/antonmedv/expr"
	"github.com/antonmedv/expr/file"
	"k8s.io/client-go/util/jsonpath"
)

func isNil(in any) bool {
	if in == nil {
		return true
	}
	switch reflect.TypeOf(in).Kind() {
	case reflect.Ptr, reflect.Map, reflect.Array, reflect.Chan, reflect.Slice:
		return reflect.ValueOf(in).IsNil()
	}
	return false
}
func asInt(in any) int64 {
	switch i := in.(type) {
	case float64:
		return int64(i)
	case int:
		return int64(i)
	case int64:
		return i
	case string:
		v, err := strconv.ParseInt(i, 10, 64)
		if err == nil {
			return v
		}
		panic(err)
	}
	panic(fmt.Sprintf("asInt() not supported on %v %v", reflect.TypeOf(in), in))
}
func asFloat(in any) float64 {
	switch i := in.(type) {
	case float64:
		return i
	case int:
		return float64(i)
	case int64:
		return float64(i)
	case string:
		v, err := strconv.ParseFloat(i, 64)
		if err == nil {
			return v
		}
		panic(err)
	}
	panic(fmt.Sprintf("asFloat() not supported on %v %v", reflect.TypeOf(in), in))
}

func show(v any) string {
	switch x := v.(type) {
	case float64:
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return fmt.Sprint(x)
		}
	}
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprintf("unmarshalable %v", v)
	}
	return string(b)
}

func evalExpr(src string, in any) string {
	env := map[string]any{"result": in, "asInt": asInt, "asFloat": asFloat, "isNaN": math.IsNaN,
		"isInf": func(f float64) bool { return math.IsInf(f, 0) },
		"isNil": func(any) bool { return isNil(in) },
		"default": func(_ any, d any) any {
			if isNil(in) {
				return d
			}
			return in
		}}
	msg := func(e error) string {
		if fe, ok := e.(*file.Error); ok {
			return fe.Message
		}
		return e.Error()
	}
	p, err := expr.Compile(src, expr.Env(env))
	if err != nil {
		return "compile error: " + msg(err)
	}
	out, err := expr.Run(p, env)
	if err != nil {
		return "error: " + msg(err)
	}
	return show(out)
}

func evalPath(src string, in any) string {
	p := jsonpath.New("metrics")
	if err := p.Parse(src); err != nil {
		return "compile error: " + err.Error()
	}
	res, err := p.FindResults(in)
	if err != nil {
		return "error: " + err.Error()
	}
	for _, rs := range res {
		for _, r := range rs {
			return show(r.Interface())
		}
	}
	return "none"
}

func main() {
	paths := len(os.Args) > 1 && os.Args[1] == "--paths"
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		if lines.Text() == "" {
			continue
		}
		columns := strings.Split(lines.Text(), "\t")
		source, input := columns[0], columns[1]
		fmt.Printf("%s\t%s\t%s\n", source, input, answer(paths, source, read(input)))
	}
}

func answer(paths bool, source string, in any) (output string) {
	defer func() {
		if r := recover(); r != nil {
			output = fmt.Sprint("error: ", r)
		}
	}()
	if paths {
		return evalPath(source, in)
	}
	return evalExpr(source, in)
}

// read makes the value of an input: JSON, or the vector or scalar that the
// prometheus provider hands on.
func read(input string) (in any) {
	if list, ok := strings.CutPrefix(input, "vector:"); ok {
		vector := []float64{}
		for _, text := range strings.Split(list, ",") {
			if text != "" {
				number, _ := strconv.ParseFloat(text, 64)
				vector = append(vector, number)
			}
		}
		return vector
	}
	if text, ok := strings.CutPrefix(input, "scalar:"); ok {
		number, _ := strconv.ParseFloat(text, 64)
		return number
	}
	if input != "" {
		if err := json.Unmarshal([]byte(input), &in); err != nil {
			panic(err)
		}
	}
	return in
}
