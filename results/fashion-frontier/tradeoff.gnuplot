$curve0 << END
0.1 84.246 83.8733 84.6187
0.25 86.62 86.377 86.863
0.5 87.862 87.5283 88.1957
1 89.162 89.0124 89.3116
2 89.942 89.799 90.085
3 90.398 90.1903 90.6057
4 90.652 90.4289 90.8751
8 90.992 90.8373 91.1467
END
set encoding utf8
set style line 1 linecolor rgb "#0072B2" linewidth 2 pointtype 7 pointsize 0.7
set style line 2 linecolor rgb "#D55E00" linewidth 2 pointtype 5 pointsize 0.7
set style line 3 linecolor rgb "#009E73" linewidth 2 pointtype 9 pointsize 0.8
set style line 4 linecolor rgb "#CC79A7" linewidth 2 pointtype 11 pointsize 0.8
set style line 5 linecolor rgb "#E69F00" linewidth 2 pointtype 13 pointsize 0.8
set style line 6 linecolor rgb "#56B4E9" linewidth 2 pointtype 6 pointsize 0.8
set style line 7 linecolor rgb "#7F7F7F" linewidth 2 pointtype 4 pointsize 0.8
set style line 9 linecolor rgb "#333333" linewidth 2
set border 3 linecolor rgb "#333333"
set tics nomirror out scale 0.6
set grid ytics linecolor rgb "#BBBBBB" linewidth 0.7
set logscale x
set xrange [0.08:10]
set xtics ("0.1" 0.1, "0.25" 0.25, "0.5" 0.5, "1" 1, "2" 2, "3" 3, "4" 4, "8" 8)
set offsets 0, 0, graph 0.06, graph 0.04
set xlabel "Privacy loss ε (upper bound, δ = 10^{-5})\n{/*0.7 example level, add-or-remove-one, everyone, pld accountant}\n{/*0.7 mean of 5 with 95 % interval}"
set ylabel "Test accuracy (%)"
set key bottom right opaque samplen 2.5 spacing 1.2
plot $curve0 using 1:3:4 with filledcurves linecolor rgb "#D9EAF4" fillstyle solid noborder notitle, \
     $curve0 using 1:2:3:4 with yerrorlines linestyle 1 title "example-level privacy"
